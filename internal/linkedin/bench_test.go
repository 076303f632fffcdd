package linkedin_test

import (
	"testing"

	"github.com/paceline/paceline/internal/linkedin"
)

func BenchmarkParse(b *testing.B) {
	for _, c := range []struct{ name, address string }{
		{"plain", "https://www.linkedin.com/in/jane-doe"},
		{"slack", "<https://www.linkedin.com/in/Jane-Doe/?trk=x&amp;lipi=urn|linkedin.com/in/jane-doe>,"},
		{"unicode", "https://fr.linkedin.com/in/%C3%89lodie-martin"},
		{"token", "https://www.linkedin.com/in/" + flagshipToken},
		{"sales", "https://www.linkedin.com/sales/lead/" + salesToken + ",NAME_SEARCH,xyz?_ntb=a"},
		{"refused", "https://linkedin.com.evil.test/in/x"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = linkedin.Parse(c.address)
			}
		})
	}
}

func BenchmarkLooks(b *testing.B) {
	for _, c := range []struct{ name, word string }{
		{"word", "yesterday"},
		{"time", "14:00"},
		{"address", "https://www.linkedin.com/in/jane-doe"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				linkedin.Looks(c.word)
			}
		})
	}
}
