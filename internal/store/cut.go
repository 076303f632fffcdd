package store

import (
	"bytes"
	"slices"

	"github.com/paceline/paceline/internal/quota"
)

// Rows as they are kept: their times cut, and sharing nothing with whoever wrote them.

func cutMember(m quota.Member) quota.Member {
	m.Joined, m.Left, m.Told = cut(m.Joined), cut(m.Left), cut(m.Told)
	m.Account.New, m.Account.Since, m.Quiet.Until = cut(m.Account.New), cut(m.Account.Since), cut(m.Quiet.Until)
	m.Restriction.From, m.Restriction.Until = cut(m.Restriction.From), cut(m.Restriction.Until)
	m.Own = cutNumber(m.Own)
	return m
}

func cutTeam(t quota.Team) quota.Team {
	t.Created = cut(t.Created)
	t = cloneTeam(t)
	for i, n := range t.Terms.Numbers {
		t.Terms.Numbers[i] = cutNumber(n)
	}
	return t
}

func cutNumber(n quota.Number) quota.Number {
	n.At, n.Until = cut(n.At), cut(n.Until)
	return n
}

func cutIntent(i quota.Intent) quota.Intent {
	i.Due, i.Expires, i.Next, i.Settled = cut(i.Due), cut(i.Expires), cut(i.Next), cut(i.Settled)
	return cloneIntent(i)
}

func cloneTeam(t quota.Team) quota.Team {
	t.Managers, t.Terms.Numbers = slices.Clone(t.Managers), slices.Clone(t.Terms.Numbers)
	return t
}

// cloneIntent also makes no content out of an empty one.
func cloneIntent(i quota.Intent) quota.Intent {
	if len(i.Content) == 0 {
		i.Content = nil
	}
	i.Content = bytes.Clone(i.Content)
	return i
}
