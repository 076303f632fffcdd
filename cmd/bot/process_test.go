package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/sandbox"
)

// TestMain lets the test binary be the bot itself: with PACELINE_PROCESS set it runs main, or a bot that is told what
// time it is.
func TestMain(m *testing.M) {
	switch os.Getenv("PACELINE_PROCESS") {
	case "":
		os.Exit(m.Run())
	case puppetProcess:
		if err := runPuppet(context.Background(), os.Stdin, os.Stdout, os.Stderr); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(exitFailed)
		}
	default:
		main()
	}
}

// fakeSlack serves a sandbox on loopback, for its Web API only.
func fakeSlack(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + l.Addr().String()
	box := sandbox.New(sandbox.Config{URL: base, BotToken: sandboxBotToken, AppToken: sandboxAppToken, SigningSecret: sandboxSecret})
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: box.Handler()}}
	s.Start()
	t.Cleanup(func() {
		s.Close()
		_ = box.Close()
	})
	return base
}

// A process is a bot running as a process of its own.
type process struct {
	cmd  *exec.Cmd
	addr string
	log  *lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b.WriteString(line + "\n")
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// command is the bot with an environment of its own, not started yet.
func command(env []string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append([]string{"PACELINE_PROCESS=1", "PACELINE_ADDR=127.0.0.1:0", "PATH=" + os.Getenv("PATH"), "GOCOVERDIR=" + os.Getenv("GOCOVERDIR")}, env...)
	return cmd
}

var listening = regexp.MustCompile(`addr=(127\.0\.0\.1:\d+)`)

// startProcess starts `bot serve` over HTTP and returns once it listens.
func startProcess(t testing.TB, store, slack string) *process {
	t.Helper()
	p := &process{log: &lockedBuffer{}}
	p.cmd = command([]string{"SLACK_BOT_TOKEN=" + sandboxBotToken, "SLACK_SIGNING_SECRET=" + sandboxSecret, "SLACK_API_URL=" + slack + "/api/", "PACELINE_STORE=" + store})
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	up := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			p.log.add(lines.Text())
			if m := listening.FindStringSubmatch(lines.Text()); m != nil {
				up <- m[1]
			}
		}
		close(up)
	}()
	addr, ok := <-up
	if !ok {
		t.Fatalf("the bot ended before it listened:\n%s", p.log)
	}
	p.addr = addr
	return p
}

// kill ends the process without a warning.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// slash sends one signed slash command and returns the status and the text of the answer.
func slash(ctx context.Context, client *http.Client, base, user, commandName, text, trigger string) (int, string, error) {
	body := url.Values{
		"team_id": {sandbox.TeamID}, "channel_id": {sandbox.OutreachID}, "user_id": {user}, "command": {commandName}, "text": {text},
		"trigger_id": {trigger}, "response_url": {"http://127.0.0.1:9/response"},
	}.Encode()
	return post(ctx, client, base+"/slack/commands", sign(body, time.Now(), sandboxSecret), body)
}

// sign returns the two headers of a request of Slack's.
func sign(body string, at time.Time, secret string) http.Header {
	ts := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	io.WriteString(mac, "v0:"+ts+":"+body)
	return http.Header{"X-Slack-Request-Timestamp": {ts}, "X-Slack-Signature": {"v0=" + hex.EncodeToString(mac.Sum(nil))}}
}

func post(ctx context.Context, client *http.Client, address string, header http.Header, body string) (int, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header = header
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, "", err
	}
	var answer struct{ Text string }
	_ = json.Unmarshal(b, &answer)
	return res.StatusCode, answer.Text, nil
}

// killed runs cycles of load and kill -9 on a store, and returns what was acknowledged but is not there,
// and what is there more often than it was asked for.
func killed(t *testing.T, store string, cycles int) (lost, doubled int) {
	const members, most = 8, 60 // inside the budget, so that what is left tells the count
	slack := fakeSlack(t)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: members}, Timeout: 5 * time.Second}
	defer client.CloseIdleConnections()
	sent, acked := make([]int, members), make([]int, members)
	dice := rand.New(rand.NewPCG(1, 2))
	for cycle := range cycles {
		p := startProcess(t, store, slack)
		enough := dice.IntN(most/cycles*members/2) + 1
		var mu sync.Mutex
		count := 0
		var work sync.WaitGroup
		for m := range members {
			work.Go(func() {
				for sent[m] < most*(cycle+1)/cycles {
					sent[m]++
					status, _, err := slash(t.Context(), client, "http://"+p.addr, fmt.Sprintf("U%08d", m), "/sent", "", fmt.Sprintf("%d.%d", m, sent[m]))
					if err != nil || status != http.StatusOK {
						return
					}
					acked[m]++
					mu.Lock()
					if count++; count == enough {
						_ = p.cmd.Process.Kill()
					}
					mu.Unlock()
				}
			})
		}
		work.Wait()
		p.kill()
	}
	p := startProcess(t, store, slack)
	defer p.kill()
	for m := range members {
		user := fmt.Sprintf("U%08d", m)
		if there := 75 - left(t, client, p, user); there < acked[m] {
			lost += acked[m] - there
		} else if there > sent[m] {
			doubled += there - sent[m]
		}
		// Everything again, with the same triggers: what was there is not counted twice, the rest is.
		for n := 1; n <= sent[m]; n++ {
			if status, _, err := slash(t.Context(), client, "http://"+p.addr, user, "/sent", "", fmt.Sprintf("%d.%d", m, n)); err != nil || status != http.StatusOK {
				t.Fatalf("repeat: %d, %v", status, err)
			}
		}
		if there := 75 - left(t, client, p, user); there > sent[m] {
			doubled += there - sent[m]
		}
	}
	return lost, doubled
}

var leftPattern = regexp.MustCompile(`(\d+) left`)

// left asks for a member's budget.
func left(t *testing.T, client *http.Client, p *process, user string) int {
	t.Helper()
	_, text, err := slash(t.Context(), client, "http://"+p.addr, user, "/budget", "", "budget."+strconv.Itoa(rand.Int()))
	m := leftPattern.FindStringSubmatch(text)
	if err != nil || m == nil {
		t.Fatalf("budget: %q, %v", text, err)
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// TestKilled is the promise: what was answered is there, exactly once, whenever the bot is killed.
func TestKilled(t *testing.T) {
	lost, doubled := killed(t, "bolt:"+filepath.Join(t.TempDir(), "paceline.db"), 5)
	if lost != 0 || doubled != 0 {
		t.Errorf("%d acknowledged invites lost, %d doubled", lost, doubled)
	}
}

// TestKilledControl shows that the test above can fail: memory forgets.
func TestKilledControl(t *testing.T) {
	if lost, _ := killed(t, "mem:", 2); lost == 0 {
		t.Error("nothing was lost from memory: the test does not look")
	}
}

// TestDoors sends what must change nothing, and a request over and over.
func TestDoors(t *testing.T) {
	p := startProcess(t, "bolt:"+filepath.Join(t.TempDir(), "paceline.db"), fakeSlack(t))
	defer p.kill()
	client := &http.Client{Timeout: 5 * time.Second}
	base := "http://" + p.addr
	body := "team_id=" + sandbox.TeamID + "&user_id=U1&command=%2Fsent&text=5&trigger_id=1.1"
	for name, c := range map[string]struct {
		header http.Header
		body   string
		want   int
	}{
		"forged":    {sign(body, time.Now(), "another secret"), body, http.StatusUnauthorized},
		"unsigned":  {http.Header{}, body, http.StatusUnauthorized},
		"tampered":  {sign(body, time.Now(), sandboxSecret), body + "0", http.StatusUnauthorized},
		"stale":     {sign(body, time.Now().Add(-6*time.Minute), sandboxSecret), body, http.StatusUnauthorized},
		"future":    {sign(body, time.Now().Add(6*time.Minute), sandboxSecret), body, http.StatusUnauthorized},
		"oversized": {sign(body, time.Now(), sandboxSecret), body + strings.Repeat("x", 1<<20), http.StatusRequestEntityTooLarge},
	} {
		if status, _, err := post(t.Context(), client, base+"/slack/commands", c.header, c.body); err != nil || status != c.want {
			t.Errorf("%s: %d, %v; want %d", name, status, err, c.want)
		}
	}
	header := sign(body, time.Now(), sandboxSecret)
	for range 3 {
		status, text, err := post(t.Context(), client, base+"/slack/commands", header.Clone(), body)
		if err != nil || status != http.StatusOK || !strings.HasPrefix(text, "Logged 5. 70 left") {
			t.Errorf("repeat: %d, %q, %v", status, text, err)
		}
	}
}

// TestStop is a second bot on the same file, and then SIGTERM.
func TestStop(t *testing.T) {
	file := filepath.Join(t.TempDir(), "paceline.db")
	p := startProcess(t, "bolt:"+file, fakeSlack(t))
	client := &http.Client{Timeout: 5 * time.Second}
	if status, _, err := slash(t.Context(), client, "http://"+p.addr, "U1", "/sent", "5", "1.1"); err != nil || status != http.StatusOK {
		t.Fatalf("%d, %v", status, err)
	}
	// A second bot on the file is told so, and ends.
	second := command([]string{"SLACK_BOT_TOKEN=x", "SLACK_SIGNING_SECRET=x", "PACELINE_STORE=bolt:" + file})
	out, err := second.CombinedOutput()
	if code := exitCode(err); code != exitFailed || !strings.Contains(string(out), "in use") {
		t.Errorf("a second bot ended with %d:\n%s", code, out)
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := exitCode(p.cmd.Wait()); code != exitOK {
		t.Errorf("SIGTERM ended the bot with %d:\n%s", code, p.log)
	}
}

func exitCode(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	if err != nil {
		return -1
	}
	return exitOK
}

// TestConfigIsToldAtOnce checks that everything wrong stands in one message, with a code of its own.
func TestConfigIsToldAtOnce(t *testing.T) {
	out, err := command([]string{"SLACK_APP_TOKEN=xoxb-1", "PACELINE_CHANNEL=#outreach", "PACELINE_LOG_FORMAT=xml", "PACELINE_SHORT=/sent"}).CombinedOutput()
	if code := exitCode(err); code != exitConfig {
		t.Errorf("exit code %d", code)
	}
	for _, want := range []string{"SLACK_BOT_TOKEN is missing", "belongs in SLACK_BOT_TOKEN", "PACELINE_CHANNEL", "PACELINE_LOG_FORMAT", "PACELINE_SHORT", "bot sandbox"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is missing in:\n%s", want, out)
		}
	}
}
