package store

import (
	"bytes"
	"context"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// filed counts the rows that the indexes of all workspaces must have. An intent that should have one has it
// under a key that is its own; so when the counts agree, there is no other row.
type filed struct{ due, said int }

// verifyOutbox checks every intent of a workspace and that it stands where it should in the indexes.
func (s *space) verifyOutbox(ctx context.Context, token uint64, all *filed) error {
	o, err := s.outbox()
	if err != nil {
		return err
	}
	intents, unsaid := uint64(0), uint64(0)
	if _, err := o.names.scan(nil, nil, func(key, body []byte) error {
		i, ok := parseIntent(string(key), body)
		if !ok || faultOfIntent(i) != "" {
			return o.names.damaged(key, "the record does not fit its form")
		}
		if i.Token > token {
			return o.names.damaged(key, "its token was never given away")
		}
		intents++
		if !closed(i.State) {
			unsaid++
		}
		if err := o.verifyFiled(i, all); err != nil {
			return err
		}
		return endure(ctx)
	}); err != nil {
		return err
	}
	if intents != s.head.intents || unsaid != s.head.unsaid {
		return corrupt("bucket %q holds %d intents of %d, and %d of %d that are open", o.names.name, intents, s.head.intents, unsaid, s.head.unsaid)
	}
	if _, err := o.unsaid.scan(nil, nil, func([]byte, []byte) error {
		unsaid--
		return endure(ctx)
	}); err != nil {
		return err
	}
	if unsaid != 0 {
		return corrupt("bucket %q has rows that lead to no intent", o.unsaid.name)
	}
	return s.verifyHushes()
}

// verifyFiled checks that an intent has the rows that it should have.
func (o outbox) verifyFiled(i quota.Intent, all *filed) error {
	if !closed(i.State) {
		if err := leads(o.unsaid, unsaidKey(i), appendTime(nil, i.Next)); err != nil {
			return err
		}
	}
	switch {
	case !i.State.Final():
		all.due++
		return leads(o.due, momentKey(i.Next, o.name, i.Name), appendDue(nil, i))
	case closed(i.State) && len(i.Content) > 0:
		all.said++
		return leads(o.said, momentKey(i.Settled, o.name, i.Name), nil)
	}
	return nil
}

// leads checks that a row of an index is there and says what it should.
func leads(index table, key, want []byte) error {
	body, found, err := index.get(key)
	if err == nil && (!found || !bytes.Equal(body, want)) {
		err = index.damaged(key, "it is missing, or does not fit what it leads to")
	}
	return err
}

func (s *space) verifyHushes() error {
	t, err := s.table(hushesTable)
	if err != nil {
		return err
	}
	_, err = t.scan(nil, nil, func(key, body []byte) error {
		r := reader{rest: key}
		r.short()
		until, ok := parseTime(body)
		if !ok || !r.whole() || !datable(until) {
			return t.damaged(key, "the record does not fit its form")
		}
		return nil
	})
	return err
}

// verify checks that the indexes have no rows but those that were counted.
func (f filed) verify(ctx context.Context, tx *bolt.Tx) error {
	for name, want := range map[string]int{dueTable: f.due, saidTable: f.said} {
		t := openTable(tx, name)
		rows := 0
		if _, err := t.scan(nil, nil, func([]byte, []byte) error {
			rows++
			return endure(ctx)
		}); err != nil {
			return err
		}
		if rows != want {
			return corrupt("bucket %q has %d rows, not %d", name, rows, want)
		}
	}
	return nil
}
