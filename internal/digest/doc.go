// Package digest owns what the bot does without being asked: what is due at a moment, and when something is
// next due.
//
// Nothing here waits. Whoever pokes [Clockwork.Tick] (cron at start and every 30 seconds, the sandbox
// whenever its clock is moved) may do so early, late, twice or from two places: what is due is worked out
// from the moment and the store alone. A new week needs nothing to run: weeks are names, see package quota.
//
// So far the only thing that time brings about is forgetting: operation keys are dropped a while after
// quota.KeyLife. Messages that nobody asked for belong here too, and there are none yet.
//
// The package does not read the clock, talk to Slack, or know how a message looks.
package digest
