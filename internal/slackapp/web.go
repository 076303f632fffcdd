package slackapp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// web is Slack's Web API, as far as the wire needs it. Nothing is tried twice but what again.go says. Every
// outcome tells health whether Slack still takes the bot token. Errors carry the method and Slack's code,
// never an address.
type web struct {
	api    *slack.Client
	http   *http.Client
	base   *url.URL
	health *health
	haste  chan struct{} // closed when no second try may be waited for
	hurry  func()        // closes it
}

func newWeb(cfg Config, base *url.URL, h *health) *web {
	client := newHTTP(cfg, base, h)
	haste := make(chan struct{})
	return &web{
		api: slack.New(cfg.BotToken,
			slack.OptionAPIURL(cfg.APIURL),
			slack.OptionHTTPClient(client),
			slack.OptionAppLevelToken(cfg.AppToken),
			slack.OptionLog(quiet{cfg.Log}),
		),
		http:   client,
		base:   base,
		health: h,
		haste:  haste,
		hurry:  sync.OnceFunc(func() { close(haste) }),
	}
}

// post says something in a channel, in a thread of one (to.TS), or to a person, and returns where it stands.
func (w *web) post(ctx context.Context, to quota.Place, text string, blocks []slack.Block) (at quota.Place, err error) {
	options := []slack.MsgOption{}
	if to.TS != "" {
		options = append(options, slack.MsgOptionTS(to.TS))
	}
	err = w.again(ctx, isLimited, func() error {
		at, err = w.postOnce(ctx, to.Channel, text, blocks, options...)
		return err
	})
	return at, err
}

// postOnce is post without a second try. Links are not unfurled: what members log is nobody's business to fetch.
func (w *web) postOnce(ctx context.Context, channel, text string, blocks []slack.Block, more ...slack.MsgOption) (at quota.Place, err error) {
	options := append([]slack.MsgOption{slack.MsgOptionText(text, false), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()}, more...)
	if len(blocks) > 0 {
		options = append(options, slack.MsgOptionBlocks(blocks...))
	}
	at.Channel, at.TS, err = w.api.PostMessageContext(ctx, channel, options...)
	if err == nil && at.TS == "" {
		err = errors.New("no ts in the answer")
	}
	return at, w.outcome("chat.postMessage", err)
}

// edit puts text and blocks in the place of what stands at a place.
func (w *web) edit(ctx context.Context, at quota.Place, text string, blocks []slack.Block) error {
	return w.again(ctx, isLimited, func() error { return w.editOnce(ctx, at, text, blocks) })
}

// editOnce is edit without a second try. Metadata stays as it is.
func (w *web) editOnce(ctx context.Context, at quota.Place, text string, blocks []slack.Block) error {
	_, _, _, err := w.api.UpdateMessageContext(ctx, at.Channel, at.TS, slack.MsgOptionText(text, false), slack.MsgOptionBlocks(blocks...))
	return w.outcome("chat.update", err)
}

func (w *web) remove(ctx context.Context, at quota.Place) error {
	_, _, err := w.api.DeleteMessageContext(ctx, at.Channel, at.TS)
	return w.outcome("chat.delete", err)
}

func (w *web) history(ctx context.Context, ask *slack.GetConversationHistoryParameters) (*slack.GetConversationHistoryResponse, error) {
	page, err := w.api.GetConversationHistoryContext(ctx, ask)
	return page, w.outcome("conversations.history", err)
}

func (w *web) open(ctx context.Context, trigger string, view slack.ModalViewRequest) error {
	_, err := w.api.OpenViewContext(ctx, trigger, view)
	return w.outcome("views.open", err)
}

// revise puts a view in the place of an open modal.
func (w *web) revise(ctx context.Context, modal string, view slack.ModalViewRequest) error {
	_, err := w.api.UpdateViewContext(ctx, view, "", "", modal)
	return w.outcome("views.update", err)
}

func (w *web) publish(ctx context.Context, user string, view slack.HomeTabViewRequest) error {
	_, err := w.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: view})
	return w.outcome("views.publish", err)
}

func (w *web) person(ctx context.Context, user string) (*slack.User, error) {
	u, err := w.api.GetUserInfoContext(ctx, user, slack.GetUserInfoOptionIncludeLocale(false))
	return u, w.outcome("users.info", err)
}

func (w *web) whoami(ctx context.Context) (Identity, error) {
	r, err := w.api.AuthTestContext(ctx)
	if err := w.outcome("auth.test", err); err != nil {
		code := slackCode(err)
		if fix := botTrouble(code); fix != nil {
			err = fix
		} else if code == "" {
			err = unreachable(err)
		}
		return Identity{}, err
	}
	id := Identity{Workspace: r.TeamID, Name: r.Team, Enterprise: r.EnterpriseID, URL: r.URL, User: r.UserID}
	for scope := range strings.SplitSeq(r.Header.Get("X-OAuth-Scopes"), ",") {
		if scope = strings.TrimSpace(scope); scope != "" {
			id.Scopes = append(id.Scopes, scope)
		}
	}
	return id, nil
}

// outcome notes how a call of a method ended.
func (w *web) outcome(method string, err error) error {
	if err == nil {
		w.health.bot(nil)
		return nil
	}
	if fix := botTrouble(slackCode(err)); fix != nil {
		w.health.bot(fix)
	}
	if refusal, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		switch {
		case refusal.Needed != "":
			return fmt.Errorf("slack %s: %w: the bot token needs the scope %s; add it and install the app again", method, err, refusal.Needed)
		case len(refusal.ResponseMetadata.Messages) > 0:
			return fmt.Errorf("slack %s: %w: %s", method, err, places(refusal.ResponseMetadata.Messages))
		}
	}
	return fmt.Errorf("slack %s: %w", method, bare(err))
}

// places keeps of Slack's complaints where they point ("[json-pointer:/blocks/2/text]"), not what they
// quote.
func places(complaints []string) string {
	var all []string
	for _, c := range complaints {
		if at := strings.Index(c, "[json-pointer:"); at >= 0 {
			place, _, _ := strings.Cut(c[at:], "]")
			all = append(all, place+"]")
		}
	}
	return strings.Join(all, " ")
}

// slackCode returns the code of a refusal of Slack's, or "".
func slackCode(err error) string {
	if refusal, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return refusal.Err
	}
	return ""
}

// quiet passes slack-go's own log lines on for debugging, except for any that might hold a token.
type quiet struct{ log *slog.Logger }

// Output takes one line.
func (q quiet) Output(_ int, line string) error {
	if !strings.Contains(line, "xox") && !strings.Contains(line, "xapp-") {
		q.log.Debug("slack-go", "line", line)
	}
	return nil
}
