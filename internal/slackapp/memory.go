package slackapp

import "sync"

// maxMet is how many names are remembered. A direct message has two.
const maxMet = 4096

// memory knows the last names it was told.
type memory struct {
	mu    sync.Mutex
	slots map[string]int // by name: where in order it stands
	order [maxMet]string // a ring
	next  int            // the oldest
}

// take notes names and reports true, or reports false and notes none when it knows one of them.
func (m *memory) take(names []string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.slots == nil {
		m.slots = make(map[string]int)
	}
	for _, name := range names {
		if _, known := m.slots[name]; known {
			return false
		}
	}
	for _, name := range names {
		// A name that was forgotten and told again stands in two places; only the later one counts.
		if oldest := m.order[m.next]; m.slots[oldest] == m.next {
			delete(m.slots, oldest)
		}
		m.order[m.next], m.slots[name] = name, m.next
		m.next = (m.next + 1) % maxMet
	}
	return true
}

// forget makes names unknown.
func (m *memory) forget(names []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, name := range names {
		delete(m.slots, name)
	}
}
