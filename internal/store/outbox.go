package store

import (
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// An outbox is the intents of a workspace with their indexes. Whoever writes puts the head afterwards.
type outbox struct {
	*space
	names, unsaid, due, said table
}

func (s *space) outbox() (o outbox, err error) {
	o = outbox{space: s, due: openTable(s.tx, dueTable), said: openTable(s.tx, saidTable)}
	if o.due.bucket == nil || o.said.bucket == nil {
		return o, corrupt("bucket %q or %q is missing", dueTable, saidTable)
	}
	if o.names, err = s.table(intentsTable); err == nil {
		o.unsaid, err = s.table(unsaidTable)
	}
	return o, err
}

// intents reads those that need names, and the open ones.
func (s *space) intents(need quota.Need) (map[string]quota.Intent, error) {
	if len(need.Intents) == 0 && !need.Open {
		return nil, nil
	}
	o, err := s.outbox()
	if err != nil {
		return nil, err
	}
	found := make(map[string]quota.Intent, len(need.Intents))
	for _, name := range need.Intents {
		i, there, err := o.get(name)
		if err != nil {
			return nil, err
		}
		if there {
			found[name] = i
		}
	}
	if need.Open {
		err = o.openInto(found)
	}
	return found, err
}

func (o outbox) openInto(found map[string]quota.Intent) error {
	n := uint64(0)
	if _, err := o.unsaid.scan(nil, nil, func(key, _ []byte) error {
		n++
		_, name, ok := parseUnsaidKey(key)
		if !ok {
			return o.unsaid.damaged(key, "the record does not fit its form")
		}
		i, there, err := o.get(name)
		if err != nil {
			return err
		}
		if !there || closed(i.State) {
			return o.unsaid.damaged(key, "it leads to no intent that is open")
		}
		found[name] = i
		return nil
	}); err != nil {
		return err
	}
	if n != o.head.unsaid {
		return corrupt("bucket %q holds %d intents of %d", o.unsaid.name, n, o.head.unsaid)
	}
	return nil
}

func (o outbox) get(name string) (i quota.Intent, found bool, err error) {
	key := []byte(name)
	body, found, err := o.names.get(key)
	if err != nil || !found {
		return i, false, err
	}
	i, ok := parseIntent(name, body)
	if !ok {
		return i, false, o.names.damaged(key, "the record does not fit its form")
	}
	return i, true, nil
}

func (s *space) writeIntents(intents []quota.Intent) error {
	if len(intents) == 0 {
		return nil
	}
	o, err := s.outbox()
	if err != nil {
		return err
	}
	most := uint64(0)
	for _, i := range intents {
		most = max(most, i.Token)
		if err := o.put(i); err != nil {
			return err
		}
	}
	if most == 0 {
		return nil
	}
	last, err := lastToken(s.tx)
	if err != nil || most <= last {
		return err
	}
	return putToken(s.tx, most) // nobody is given it again
}

// put writes an intent over the one with its name, if there is one, and moves its rows in the indexes.
func (o outbox) put(i quota.Intent) error {
	was, found, err := o.get(i.Name)
	if err != nil {
		return err
	}
	if !found {
		o.head.intents++
	} else if err := o.unfile(was); err != nil {
		return err
	}
	body := appendIntent(make([]byte, 0, 256+len(i.Content)), i)
	if err := o.names.put([]byte(i.Name), body); err != nil {
		return err
	}
	return o.file(i)
}

// file adds the rows of an intent to the indexes.
func (o outbox) file(i quota.Intent) error {
	if closed(i.State) {
		if len(i.Content) == 0 {
			return nil
		}
		return o.said.put(momentKey(i.Settled, o.name, i.Name), nil)
	}
	o.head.unsaid++
	if err := o.unsaid.put(unsaidKey(i), appendTime(nil, i.Next)); err != nil || i.State.Final() {
		return err
	}
	return o.due.put(momentKey(i.Next, o.name, i.Name), appendDue(nil, i))
}

// unfile takes the rows of an intent out of the indexes.
func (o outbox) unfile(i quota.Intent) error {
	if closed(i.State) {
		return o.said.bucket.Delete(momentKey(i.Settled, o.name, i.Name))
	}
	o.head.unsaid--
	if err := o.unsaid.bucket.Delete(unsaidKey(i)); err != nil || i.State.Final() {
		return err
	}
	return o.due.bucket.Delete(momentKey(i.Next, o.name, i.Name))
}

// hushed returns until when nothing is said to somebody, or the zero time. The hush of the whole workspace is
// that of "".
func (s *space) hushed(to string) (until time.Time, err error) {
	t, err := s.table(hushesTable)
	if err != nil {
		return until, err
	}
	key := appendShort(nil, to)
	body, found, err := t.get(key)
	if err != nil || !found {
		return until, err
	}
	until, ok := parseTime(body)
	if !ok {
		return until, t.damaged(key, "the record does not fit its form")
	}
	return until, nil
}

// hush keeps a hush unless there is a longer one.
func (s *space) hush(h quota.Hush) error {
	until, err := s.hushed(h.To)
	if err != nil || !h.Until.After(until) {
		return err
	}
	t, err := s.table(hushesTable)
	if err != nil {
		return err
	}
	return t.put(appendShort(nil, h.To), appendTime(nil, h.Until))
}

// forgetWords drops what was said more than quota.IntentLife before at, and reports whether there was any.
func forgetWords(tx *bolt.Tx, at time.Time) (dropped bool, err error) {
	said := openTable(tx, saidTable)
	if said.bucket == nil {
		return false, corrupt("bucket %q is missing", said.name)
	}
	var old []turn
	if _, err := said.scan(nil, nil, func(key, body []byte) error {
		settled, workspace, name, ok := parseMomentKey(key)
		if !ok || len(body) > 0 {
			return said.damaged(key, "the record does not fit its form")
		}
		if !settled.Before(at.Add(-quota.IntentLife)) {
			return errEnough
		}
		old = append(old, turn{next: settled, workspace: workspace, name: name})
		return nil
	}); err != nil {
		return false, err
	}
	q := fileQueue{tx: tx, spaces: make(map[string]*space)}
	for _, t := range old {
		s, err := q.space(t.workspace)
		if err != nil {
			return true, err
		}
		o, err := s.outbox()
		if err != nil {
			return true, err
		}
		i, found, err := o.get(t.name)
		if err != nil {
			return true, err
		}
		if !found || !closed(i.State) || !i.Settled.Equal(t.next) {
			return true, corrupt("bucket %q leads to intent %q of workspace %q, which does not fit", saidTable, t.name, t.workspace)
		}
		i.Content = nil
		if err := o.put(i); err != nil {
			return true, err
		}
	}
	return len(old) > 0, nil
}
