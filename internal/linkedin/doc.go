// Package linkedin owns what makes two LinkedIn addresses the same person: it turns an address, as people
// paste it, into a canonical profile key, or into a sentence that says what to paste instead.
//
// A key is one of three:
//
//	in:foo-bar     the vanity slug of an /in/ address: decoded once, NFC, lower case
//	m:269709976    a member number, read from a member token of LinkedIn, Sales Navigator or Recruiter
//	talent:<token> a Recruiter token that holds no member number; its case is kept
//
// Keys are UTF-8 without control characters, white space, / ? # \ or %. They are made to be compared and
// stored; Shown makes the form that people read. A slug and a number of one person are different keys: a
// token cannot be turned into a slug without asking LinkedIn.
//
// # Decisions
//
// Slugs hold letters, digits and any other characters beyond ASCII, and of ASCII's signs only - _ . ' & +.
// Help allows no signs at all; these few cannot be a slip, where a comma, say, joins two addresses.
// Changes our mind: a living profile whose address has another sign.
//
// A slug has at most 100 characters and no least number.
// 100 is the most that LinkedIn Help gives for a custom one ("Manage your public profile URL"); refusing below its least, 3, gains nothing.
// Changes our mind: a living profile with a longer address.
//
// Punctuation at the end of an address is dropped; an ellipsis there is refused.
// A comma or bracket belongs to the sentence around it, but an ellipsis stands for the missing end of the slug: another person.
// Changes our mind: nothing short of slugs that end in punctuation.
//
// A slug that looks like a member token but holds no number is refused, not taken for a vanity name.
// Tokens are case-sensitive, and tools cut them or put them in lower case; as a slug one would match nobody, for ever.
// Changes our mind: a vanity slug of 39 characters beginning with acoaa, acwaa or aemaa.
//
// İ becomes i and a combining dot, where Go's own lower case drops the dot; no other letter is special.
// A slug of a Turkish name was seen written so (i%CC%87…), and İ typed by hand has to find it.
// Changes our mind: seeing the same for another letter, the final sigma first of all.
//
// A legacy /pub/x/a7/576/b50 address has the key of /in/x.
// The numbers are dropped like every other sub-path, so it also meets the person who now holds /in/x: a hint too many.
// Changes our mind: proof for all lengths of the redirect seen for some, to /in/x-b50576a7, which parts namesakes.
//
// Any host under linkedin.com is taken, whatever its first labels, and any port or user name is refused.
// Only LinkedIn can name hosts there and countries come and go; nobody copies a port from a profile.
// Changes our mind: profiles on another domain of LinkedIn's.
//
// The package never opens an address, keeps nothing, and does not know who has been in touch with whom.
package linkedin
