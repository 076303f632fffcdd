package store

import (
	"encoding/binary"
	"math"

	"github.com/paceline/paceline/internal/quota"
)

// Rows are whole values, written over. Teams stand under their place in the order of the first writing,
// members under their id.

func teamKey(place int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(place)) }

func appendTeam(b []byte, t quota.Team) []byte {
	b = appendText(b, t.ID)
	b = appendText(b, t.Name)
	b = appendText(b, t.Channel)
	b = binary.AppendUvarint(b, uint64(len(t.Managers)))
	for _, m := range t.Managers {
		b = appendText(b, m)
	}
	b = appendTime(b, t.Created)
	return appendChosen(b, t)
}

func parseTeam(body []byte) (quota.Team, bool) {
	r := reader{rest: body}
	t := quota.Team{ID: r.text(), Name: r.text(), Channel: r.text()}
	for n := r.count(uint64(len(body))); n > 0 && !r.spoiled; n-- {
		t.Managers = append(t.Managers, r.text())
	}
	t.Created = r.time()
	r.chosenInto(&t)
	return t, r.whole()
}

func appendMember(b []byte, m quota.Member) []byte {
	b = appendText(b, m.Team)
	b = appendText(b, m.Name)
	b = appendText(b, m.Zone)
	b = append(appendFlag(b, m.ZoneChosen), byte(m.Workdays))
	b = appendTime(b, m.Joined)
	b = appendTime(b, m.Left)
	b = appendText(b, m.Card.Channel)
	b = appendText(b, m.Card.TS)
	return appendDetails(b, m)
}

func parseMember(id string, body []byte) (quota.Member, bool) {
	r := reader{rest: body}
	m := quota.Member{
		ID: id, Team: r.text(), Name: r.text(), Zone: r.text(), ZoneChosen: r.flag(),
		Workdays: quota.Workdays(r.byte()), Joined: r.time(), Left: r.time(),
		Card: quota.Place{Channel: r.text(), TS: r.text()},
	}
	r.detailsInto(&m)
	return m, r.whole()
}

// A head is the row of a workspace. It counts, so that a missing row is noticed.
type head struct {
	last    uint64 // the Seq of the last entry
	link    link   // and its hash
	teams   uint64
	members uint64
	deeds   uint64 // the Seq of the last deed
	intents uint64
	unsaid  uint64 // those of the intents that are not Posted or Cancelled
}

func appendHead(b []byte, h head) []byte {
	b = binary.AppendUvarint(b, h.last)
	b = append(b, h.link[:]...)
	for _, n := range []uint64{h.teams, h.members, h.deeds, h.intents, h.unsaid} {
		b = binary.AppendUvarint(b, n)
	}
	return b
}

func parseHead(body []byte) (h head, ok bool) {
	r := reader{rest: body}
	h.last = r.uint()
	copy(h.link[:], r.bytes(uint64(len(h.link))))
	h.teams = r.count(math.MaxUint32)
	h.members = r.uint()
	if len(r.rest) > 0 { // before there were deeds, a head ended here
		h.deeds, h.intents, h.unsaid = r.uint(), r.uint(), r.uint()
	}
	return h, r.whole()
}
