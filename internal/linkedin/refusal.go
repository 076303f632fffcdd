package linkedin

// An AddressError says why an address names no person.
type AddressError struct {
	// Reason is one or two whole sentences for the person who typed the address: what is wrong and what
	// to do. It is plain text and never repeats any of the address.
	Reason string
}

// Error returns the reason for the operator. It names no prospect, so it may be logged.
func (e *AddressError) Error() string { return "linkedin: address refused: " + e.Reason }

// A reason is the Reason of an AddressError, or "" where nothing is wrong.
type reason string

const copyIt = "Open the profile and copy its /in/ address."

// Every reason there is.
const (
	// The address as a whole.
	nothing   reason = "There is no address here. Give one like linkedin.com/in/jane-doe."
	tooLong   reason = "That is too long for an address. " + copyIt
	joined    reason = "Several addresses seem to be stuck together. Put a space between them."
	spaced    reason = "There is a space, a line break or a control character inside the address. Paste each address as one word, with spaces only between them."
	cutShort  reason = "The address is cut short by an ellipsis, so it could be somebody else's. Open the profile and copy the whole /in/ address."
	noAddress reason = "That is not a LinkedIn profile address. It looks like linkedin.com/in/jane-doe: open the profile and copy its /in/ address."

	// Before the path.
	otherScheme reason = "The address must begin with https://, http:// or nothing at all. " + copyIt
	userinfo    reason = "A name and an @ stand before the host, so it is not a profile address and may lead elsewhere than it seems. Find the profile on linkedin.com and copy its /in/ address."
	port        reason = "There is a colon or a port in the host, which no profile address has. " + copyIt
	otherScript reason = "The host has letters that only look like linkedin.com. Do not open it; find the profile on linkedin.com and copy its /in/ address."
	lookalike   reason = "That host only looks like LinkedIn: it must be linkedin.com or end in .linkedin.com. Do not open it; find the profile on linkedin.com and copy its /in/ address."
	otherHost   reason = "That address is not on LinkedIn: the host must be linkedin.com or end in .linkedin.com. " + copyIt
	badHost     reason = "The host is misspelt: it must be linkedin.com or end in .linkedin.com. " + copyIt
	shortLink   reason = "A lnkd.in link is short for something else, and what for cannot be told without opening it. Open it and copy the full /in/ address."

	// The path.
	front      reason = "That is LinkedIn itself, not a profile. " + copyIt
	company    reason = "That is a company's page, not a person. Open the person's profile and copy its /in/ address."
	school     reason = "That is a school's page, not a person. Open the person's profile and copy its /in/ address."
	showcase   reason = "That is a showcase page, not a person. Open the person's profile and copy its /in/ address."
	feed       reason = "That is the feed, not a person. Open the person's profile and copy its /in/ address."
	jobs       reason = "That is a job, not a person. Open the person's profile and copy its /in/ address."
	posts      reason = "That is a post, not a person. Open its author's profile and copy its /in/ address."
	oldView    reason = "That old form of address does not say who it is. " + copyIt
	nameList   reason = "That is a list of people with the same name. Open the one profile and copy its /in/ address."
	otherPage  reason = "That page of LinkedIn is not a profile. " + copyIt
	nobody     reason = "The name behind /in/ is missing. Open the profile and copy its whole /in/ address."
	yourself   reason = "/in/me is whoever opens it. " + copyIt
	stepsBack  reason = "The address goes back up with /../, so it could be somebody else's. " + copyIt
	otherThing reason = "That urn is not a profile's. " + copyIt

	// The slug or token.
	badEscape   reason = "A part with % in the address is damaged. Open the profile and copy its /in/ address again."
	twice       reason = "The address is encoded twice: % signs were encoded again on the way. Open the profile and copy its /in/ address from there."
	hiddenSlash reason = "The name in the address hides a / ? # or \\. " + copyIt
	oddSign     reason = "The name in the address holds a sign that profile addresses do not have. If these are two addresses, put a space between them; otherwise open the profile and copy its /in/ address."
	longSlug    reason = "The name in the address has more than 100 characters, the most that LinkedIn Help allows in a custom one. " + copyIt
	brokenToken reason = "The long code in the address is not whole, or its capitals were lost. Open the profile and copy its /in/ address."
)
