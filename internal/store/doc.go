// Package store owns all persistence: what stands on the disk, in which order, and what is left of it after a
// crash. Open gives an engine for a specification: one file (bolt:FILE), or memory (mem:).
//
// # One writer, one fsync for all who wait
//
// In a file one goroutine writes. It takes everything that has queued up, runs it in one transaction, each
// write seeing those before it, commits once, and answers all. While it waits for the disk the next ones queue
// up: there is no timer, so one person waits for one commit, and many do not queue behind each other. Facts
// are read and decided upon before anything is written, so a refusal or a panic leaves nothing to roll back.
// When bbolt breaks off half-way, the transaction is rolled back and each write gets one of its own. After a
// failed commit nobody knows what is on the disk: all who shared it get quota.ErrAmbiguous, the engine stops,
// and Failed says so.
//
// # The file
//
//	format               "version"                       → the form of the file
//	workspaces           workspace                       → last number and its hash, how many of everything else
//	entries WORKSPACE    week|member|time|number         → the hash of the entry before it, and the entry
//	persons WORKSPACE    hash of a profile key|number    → where that entry stands
//	members WORKSPACE    member                          → the row
//	teams WORKSPACE      place                           → the row
//	deeds WORKSPACE      number                          → the deed
//	intents WORKSPACE    name                            → the intent
//	unsaid WORKSPACE     to|claimed or not|name          → its Next: every intent not posted or cancelled
//	hushes WORKSPACE     to                              → until when nothing is said there; "" is the workspace
//	due                  Next|workspace|name             → its To: every intent that will be taken up, of all workspaces
//	said                 Settled|workspace|name          → nothing: every posted or cancelled one whose words are kept
//	tokens               "last"                          → the last token that was given to a claim
//	days                 day                             → there is a bucket of keys for it
//	keys DAY             hash of workspace and key       → the answer
//
// Each value has a version and a checksum over bucket, key and value. bbolt's pages have none, so a row that
// is not found is believed only when its neighbours are in order, rows that are read as a whole (teams, members,
// deeds, open intents) are counted, and the two headers are checked when the file is opened. Verify holds the
// indexes of the intents against the intents. Each entry has the hash of the one before it, so Verify shows
// what was changed, exchanged or taken out. Damage to bbolt's list of free pages shows only when a later
// write has overwritten something, and a damaged page can stop the process; neither gives a wrong answer.
//
// A record ends where everything has been said: what most entries and rows do not have stands behind what all
// have, after bits that say what it is. So records from before there was any of it are read as they are. The
// first format (no deeds, no intents) becomes the second when it is opened, in one transaction: its workspaces
// get the buckets that they lack, and no record is touched.
//
// # Claims
//
// Claim reads what is due from the front of one index and asks of each To whether it is open: the hushes of the
// To and of the workspace, and whether one of its intents is claimed. A claim holds until it is settled or taken
// over, also after its lease; while it does, no other intent of its To is given away, and after its lease only
// that one. Intents that are due at a closed To are passed over anew by each Claim. A commit in which a Claim
// fails gives quota.ErrAmbiguous like any other; what it had taken up comes back as Looking when the lease ends.
//
// # A new engine
//
// It is one type with the methods of Engine, one case in Open and one line in the tests; the rules for what
// comes in (checkWrite, checkNeed, settle, checkClaim, checkSettle), whose turn it is (queue) and the days of keys
// are shared.
//
// # Decisions
//
// A commit loop without a timer instead of bbolt's Batch.
// Batch waits 10 ms for company, which the first to come pays.
// A disk on which a commit is so cheap that sharing it gains nothing.
//
// One bucket for each kind of row of a workspace, instead of the workspace in every key.
// Short keys, no id that can run into another's range, and a workspace can be dropped whole.
// Ten thousands of workspaces in one file, where the list of buckets itself becomes a burden.
//
// Hashes of 16 bytes and persons under 8 of them.
// They are the largest part of a record; the first withstand forgery, the second are checked with the entry.
// A hash chain that is signed or kept elsewhere, whose links should then be whole.
//
// Records of our own instead of JSON.
// Ids come back byte by byte, an entry has some 80 bytes with its key, and reading makes little garbage.
// Rows that change their form with every release.
//
// One index by time over all workspaces for what is due, instead of one in each.
// A claim and the next due moment are the first rows, however many workspaces and intents there are.
// Thousands that are due to one To for long, all of which each claim passes over: then an index of the Tos.
//
// Everyone's entries are read and handed over whole, each time.
// The store has nothing to keep up to date, and the numbers are derived from entries alone.
// An overview that must cost less than some 0.3 µs for each entry: then totals by member and week, rebuilt by Verify.
//
// A file with one damaged header is refused, though bbolt would open it.
// It would be the file of one commit ago: something acknowledged could be missing without a word.
// A disk that tears a write of 80 bytes, where a power cut would look like damage.
//
// What the store does not own: what an entry means, who may write it, and when to sweep, verify or copy it.
package store
