package store

import (
	"github.com/paceline/paceline/internal/quota"
)

// Deeds stand under their number and are never written over. The head says how many there are.

func deedKey(seq uint64) []byte { return appendOrdered(nil, seq) }

func appendDeed(b []byte, d quota.Deed) []byte {
	b = append(appendTime(b, d.At), byte(d.What))
	for _, text := range []string{d.By, d.Team, d.Member, d.Limit, d.Was, d.Is} {
		b = appendText(b, text)
	}
	return appendText(appendTime(b, d.Until), d.Reason)
}

func parseDeed(seq uint64, body []byte) (quota.Deed, bool) {
	r := reader{rest: body}
	d := quota.Deed{Seq: seq, At: r.time(), What: quota.DeedKind(r.byte())}
	for _, text := range []*string{&d.By, &d.Team, &d.Member, &d.Limit, &d.Was, &d.Is} {
		*text = r.text()
	}
	d.Until, d.Reason = r.time(), r.text()
	return d, r.whole()
}

func (s *space) deeds() ([]quota.Deed, error) {
	t, err := s.table(deedsTable)
	if err != nil {
		return nil, err
	}
	var deeds []quota.Deed
	if _, err := t.scan(nil, nil, func(key, body []byte) error {
		r := reader{rest: key}
		d, ok := parseDeed(r.ordered(), body)
		switch {
		case !ok || !r.whole():
			return t.damaged(key, "the record does not fit its form")
		case d.Seq != uint64(len(deeds))+1:
			return t.damaged(key, "the one before it is missing")
		}
		deeds = append(deeds, d)
		return nil
	}); err != nil {
		return nil, err
	}
	if uint64(len(deeds)) != s.head.deeds {
		return nil, corrupt("bucket %q holds %d deeds of %d", t.name, len(deeds), s.head.deeds)
	}
	return deeds, nil
}

func (s *space) appendDeeds(deeds []quota.Deed) error {
	if len(deeds) == 0 {
		return nil
	}
	t, err := s.table(deedsTable)
	if err != nil {
		return err
	}
	var body []byte
	for _, d := range deeds {
		body = appendDeed(body[:0], d)
		if err := t.put(deedKey(d.Seq), body); err != nil {
			return err
		}
		s.head.deeds = d.Seq
	}
	return nil
}
