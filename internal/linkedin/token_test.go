package linkedin_test

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/linkedin"
)

// token makes a whole member token: 00, the type, 00 00, the number, 01 and 20 bytes more.
func token(product byte, number uint32) string {
	b := []byte{0, product, 0, 0}
	b = binary.BigEndian.AppendUint32(b, number)
	b = append(b, 1)
	for i := range 20 {
		b = append(b, byte(int(number)*7+i*37+int(product)))
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

var (
	flagshipToken = token(0x2a, 269709976)
	salesToken    = token(0x2c, 269709976)
	talentToken   = token(0x43, 269709976)
)

// The beginnings of known tokens: the layout above has to give them again.
func TestTokenBeginnings(t *testing.T) {
	for _, c := range []struct {
		product byte
		number  uint32
		begin   string
	}{
		{0x2a, 269709976, "ACoAABATcpgB"},
		{0x2c, 269709976, "ACwAABATcpgB"},
		{0x43, 269709976, "AEMAABATcpgB"},
		{0x2a, 420107047, "ACoAABkKUycB"},
	} {
		tok := token(c.product, c.number)
		if !strings.HasPrefix(tok, c.begin) || len(tok) != 39 {
			t.Errorf("type %x, member %d: %s, want 39 characters beginning with %s", c.product, c.number, tok, c.begin)
		}
		if got, want := key(t, "linkedin.com/in/"+tok), "m:"+strconv.Itoa(int(c.number)); got != want {
			t.Errorf("%s has key %q, want %q", tok, got, want)
		}
	}
}

// One member by every door that shows a token.
func TestTokenDoors(t *testing.T) {
	for _, address := range []string{
		"https://www.linkedin.com/in/" + flagshipToken,
		"https://www.linkedin.com/in/" + flagshipToken + "/details/experience?trk=x",
		"https://www.linkedin.com/in/" + salesToken,
		"<https://uk.linkedin.com/in/" + flagshipToken + "|someone>,",
		"https://www.linkedin.com/mwlite/in/" + flagshipToken,
		"linkedin://in/" + flagshipToken,
		"/in/" + flagshipToken,
		"urn:li:fsd_profile:" + flagshipToken,
		"URN:LI:FSD_Profile:" + flagshipToken + ".",
		"urn:li:fs_miniProfile:" + flagshipToken,
		"urn:li:fs_salesProfile:(" + salesToken + ",NAME_SEARCH,xyz)",
		"https://www.linkedin.com/sales/lead/" + salesToken + ",NAME_SEARCH,xyz?_ntb=abc%3D%3D",
		"https://www.linkedin.com/sales/lead/" + salesToken + "%2CNAME_SEARCH%2Cxyz",
		"https://www.linkedin.com/sales/lead/" + salesToken + ",",
		"https://www.linkedin.com/Sales/People/" + salesToken,
		"https://www.linkedin.com/sales/people/" + salesToken + ",name/",
		"https://www.linkedin.com/talent/profile/" + talentToken + "?project=1",
		"https://www.linkedin.com/talent/search/profile/" + talentToken,
		"https://www.linkedin.com/talent/hire/1234/manage/all/profile/" + talentToken,
		"https://www.linkedin.com/recruiter/profile/" + talentToken + ",abcd,CAP",
	} {
		if got := key(t, address); got != "m:269709976" {
			t.Errorf("Parse(%q) has key %q", address, got)
		}
		if !linkedin.Looks(address) {
			t.Errorf("Looks(%q) is false", address)
		}
	}
}

func TestTokenNumbers(t *testing.T) {
	for _, n := range []uint32{1, 255, 1 << 24, math.MaxInt32, math.MaxInt32 + 1, math.MaxUint32} {
		if got, want := key(t, "linkedin.com/in/"+token(0x2a, n)), "m:"+strconv.FormatUint(uint64(n), 10); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A Recruiter token without a number is kept as it is, in its own case.
func TestRecruiterToken(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.linkedin.com/talent/profile/AEMAA-Test_1":            "talent:AEMAA-Test_1",
		"https://www.linkedin.com/recruiter/profile/AEMAA-Test_1,abc,CAP": "talent:AEMAA-Test_1",
		"https://www.linkedin.com/recruiter/profile/12345,abc,CAP":        "talent:12345",
		"https://www.linkedin.com/talent/profile/" + talentToken[:38]:     "talent:" + talentToken[:38],
	} {
		if got := key(t, address); got != want {
			t.Errorf("Parse(%q) has key %q, want %q", address, got, want)
		}
	}
}

// What looks like a token and is none must never become a slug: its case would be lost.
func TestBrokenToken(t *testing.T) {
	raw := func(change func(b []byte)) string {
		b, err := base64.RawURLEncoding.DecodeString(flagshipToken)
		if err != nil {
			t.Fatal(err)
		}
		change(b)
		return base64.RawURLEncoding.EncodeToString(b)
	}
	for name, tok := range map[string]string{
		"cut":         flagshipToken[:38],
		"only begun":  "ACoAA",
		"cut by dots": "ACoAABATcpgB…",
		"longer":      flagshipToken + "A",
		"lower case":  strings.ToLower(flagshipToken),
		"upper case":  strings.ToUpper(flagshipToken),
		"number 0":    token(0x2a, 0),
		"byte 8":      raw(func(b []byte) { b[8] = 2 }),
		"other sign":  flagshipToken[:20] + "é" + flagshipToken[22:],
		"line break":  flagshipToken[:20] + "%0A" + flagshipToken[21:],
	} {
		for _, door := range []string{"linkedin.com/in/", "linkedin.com/sales/lead/", "urn:li:fsd_profile:"} {
			if p, err := linkedin.Parse(door + tok); err == nil {
				t.Errorf("%s: Parse(%q) has key %q, want a refusal", name, door+tok, p.Key)
			}
		}
	}
	for name, tok := range map[string]string{
		"byte 0":       raw(func(b []byte) { b[0] = 1 }),
		"unknown type": raw(func(b []byte) { b[1] = 0x2b }),
		"byte 2":       raw(func(b []byte) { b[2] = 1 }),
		"byte 3":       raw(func(b []byte) { b[3] = 0x80 }),
	} {
		if p, err := linkedin.Parse("linkedin.com/sales/lead/" + tok); err == nil {
			t.Errorf("%s: key %q, want a refusal", name, p.Key)
		}
	}
}
