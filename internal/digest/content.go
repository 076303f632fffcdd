package digest

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// content is what the Content of an intent holds: the very words and blocks that are sent, so that every
// further try sends the same. It is kept on disk as JSON.
type content struct {
	Version int             `json:"v"`
	Asked   time.Time       `json:"asked,omitzero"` // when Slack was last asked to post it
	Text    string          `json:"text"`
	Blocks  json.RawMessage `json:"blocks,omitempty"`
	Spare   json.RawMessage `json:"spare,omitempty"`
}

// contentVersion is the one that is written. A change of meaning takes the next number.
const contentVersion = 1

var errNoText = errors.New("a message without text")

func newContent(m Message) (content, error) {
	if m.Text == "" {
		return content{}, errNoText
	}
	c := content{Version: contentVersion, Text: m.Text}
	for _, form := range []struct {
		of []slack.Block
		to *json.RawMessage
	}{{m.Blocks, &c.Blocks}, {m.Spare, &c.Spare}} {
		if len(form.of) == 0 {
			continue
		}
		raw, err := json.Marshal(form.of)
		if err != nil {
			return content{}, fmt.Errorf("blocks: %w", err)
		}
		*form.to = raw
	}
	return c, nil
}

// freeze returns c as bytes that a store takes, in a simpler form when it is too long.
func (c content) freeze() ([]byte, error) {
	for {
		raw, err := json.Marshal(c)
		if err != nil || len(raw) <= quota.MaxContent {
			return raw, err
		}
		simpler, ok := c.simpler()
		if !ok {
			return nil, fmt.Errorf("a text of %d bytes", len(c.Text))
		}
		c = simpler
	}
}

func thaw(raw []byte) (content, error) {
	var c content
	if err := json.Unmarshal(raw, &c); err != nil {
		return content{}, fmt.Errorf("frozen words: %w", err)
	}
	if c.Version != contentVersion {
		return content{}, fmt.Errorf("frozen words of version %d", c.Version)
	}
	return c, nil
}

// simpler returns c without its gravest blocks: first the spare ones alone, then the text alone.
func (c content) simpler() (content, bool) {
	if c.Blocks == nil {
		return c, false
	}
	c.Blocks, c.Spare = c.Spare, nil
	return c, true
}

func isBlockRefusal(err error) bool {
	no, ok := errors.AsType[quota.Refusal](err)
	return ok && no.OfBlocks()
}
