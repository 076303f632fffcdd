package quota

// Readers says who reads a channel.
type Readers uint8

// Whoever does not know who reads along names nobody.
const (
	UnknownReaders Readers = iota // Slack does not tell
	OwnReaders                    // people of one company
	SharedReaders                 // people of another company too
)
