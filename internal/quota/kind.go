package quota

// A Kind is a kind of outreach.
type Kind uint8

// The kinds of outreach. Their numbers are kept on disk.
const (
	Invite     Kind = 1 // a LinkedIn connection request
	Note       Kind = 2 // an invite with a note; it counts as an invite too
	InMail     Kind = 3
	Message    Kind = 4
	PageInvite Kind = 5 // an invitation to follow a company Page
)

// Kinds lists every kind in the order in which they are shown.
func Kinds() []Kind { return []Kind{Invite, Note, InMail, Message, PageInvite} }

// String returns the word people type for k.
func (k Kind) String() string {
	switch k {
	case Invite:
		return "invite"
	case Note:
		return "note"
	case InMail:
		return "inmail"
	case Message:
		return "message"
	case PageInvite:
		return "page"
	}
	return "unknown kind"
}

// Counts reports whether an entry of kind k counts against a limit on kind limit.
func (k Kind) Counts(limit Kind) bool {
	return k == limit || k == Note && limit == Invite
}
