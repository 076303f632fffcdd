package sandbox

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"
)

// operationLife is how long Slack waits for an acknowledgement, on the real clock.
const operationLife = 3 * time.Second

var (
	errTimeout   = errors.New("operation_timeout")
	errDispatch  = errors.New("dispatch_failed")
	errClosed    = errors.New("the sandbox is closing")
	errAbsent    = errors.New("no bot is connected")
	errDontRetry = errors.New("the bot asked for no retry")
)

// eventRetries are the pauses before Slack's three further attempts to deliver an event.
var eventRetries = []time.Duration{0, time.Minute, 5 * time.Minute}

// carry delivers an errand once and returns what the acknowledgement carried: a JSON value, a string of plain
// text, or nil. Its error is errTimeout, errDispatch or errClosed.
func (s *Slack) carry(e *errand, attempt int, reason string) (any, error) {
	began := time.Now()
	entry := exchange{At: s.Now(), From: "slack", To: "bot", Method: e.kind, Request: plain(e.payload)}
	ctx, cancel := context.WithTimeout(s.ctx, operationLife)
	defer cancel()
	var ack any
	var err error
	if s.cfg.BotURL != "" {
		ack, err = s.carryHTTP(ctx, e, attempt, reason)
	} else {
		ack, err = s.carrySocket(ctx, e, attempt, reason)
	}
	entry.MS = float64(time.Since(began).Microseconds()) / 1000
	entry.Response = ack
	if err != nil {
		entry.Response = object{"error": err.Error()}
	}
	s.wire.add(entry)
	return ack, err
}

// carryHTTP posts an errand to the bot, signed as Slack signs.
func (s *Slack) carryHTTP(ctx context.Context, e *errand, attempt int, reason string) (any, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.cfg.BotURL+e.path, bytes.NewReader(e.body))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDispatch, err)
	}
	at := strconv.FormatInt(s.Now().Unix(), 10)
	req.Header.Set("Content-Type", e.media)
	req.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	req.Header.Set("X-Slack-Request-Timestamp", at)
	req.Header.Set("X-Slack-Signature", sign(s.cfg.SigningSecret, at, e.body))
	if attempt > 0 {
		req.Header.Set("X-Slack-Retry-Num", strconv.Itoa(attempt))
		req.Header.Set("X-Slack-Retry-Reason", reason)
	}
	res, err := s.client.Do(req)
	if err != nil {
		return nil, s.failed(ctx, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, bodyLimit))
	if err != nil {
		return nil, s.failed(ctx, err)
	}
	if res.StatusCode/100 != 2 {
		err := fmt.Errorf("%w: the bot answered %s", errDispatch, res.Status)
		if res.Header.Get("X-Slack-No-Retry") == "1" {
			err = errors.Join(err, errDontRetry)
		}
		return nil, err
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, nil
	}
	if kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type")); kind == "application/json" {
		v, err := decode(body)
		if err != nil {
			return string(body), nil
		}
		return v, nil
	}
	return string(body), nil
}

// failed says why a delivery that got no answer failed.
func (s *Slack) failed(ctx context.Context, err error) error {
	switch {
	case s.ctx.Err() != nil:
		return errClosed
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return errTimeout
	}
	return fmt.Errorf("%w: %w", errDispatch, err)
}

func sign(secret, at string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + at + ":"))
	mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// insist delivers an event in the background, three times more if need be, and reports the end on the
// returned channel.
func (s *Slack) insist(e *errand) <-chan error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.insistHeld(e)
}

func (s *Slack) insistHeld(e *errand) <-chan error {
	done := make(chan error, 1)
	s.spawnHeld(func(ctx context.Context) {
		_, err := s.carry(e, 0, "")
		for n, pause := range eventRetries {
			if err == nil || errors.Is(err, errClosed) || errors.Is(err, errDontRetry) {
				break
			}
			timer := time.NewTimer(pause)
			select {
			case <-timer.C:
			case <-ctx.Done():
				timer.Stop()
				return
			}
			_, err = s.carry(e, n+1, retryReason(err))
		}
		done <- err
	})
	return done
}

func retryReason(err error) string {
	switch {
	case errors.Is(err, errTimeout):
		return "http_timeout"
	case errors.Is(err, errDispatch):
		return "http_error"
	}
	return "unknown_error"
}

// readyPause is how often an absent bot is asked whether it is there, and readyLife how long.
const (
	readyPause = 100 * time.Millisecond
	readyLife  = 10 * time.Second
)

// ready waits until the bot can be told something.
func (s *Slack) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyLife)
	defer cancel()
	for {
		s.mu.Lock()
		there, joined := len(s.sockets) > 0, s.joined
		s.mu.Unlock()
		if s.cfg.BotURL != "" {
			there = s.readyHTTP(ctx)
		}
		if there {
			return nil
		}
		pause := time.NewTimer(readyPause)
		select {
		case <-joined:
		case <-pause.C:
		case <-s.ctx.Done():
			pause.Stop()
			return errClosed
		case <-ctx.Done():
			pause.Stop()
			if s.cfg.BotURL != "" {
				return fmt.Errorf("%w: GET %s/readyz did not answer 200 within 10 s", errAbsent, s.cfg.BotURL)
			}
			return fmt.Errorf("%w: nobody opened a Socket Mode connection within 10 s", errAbsent)
		}
		pause.Stop()
	}
}

func (s *Slack) readyHTTP(ctx context.Context) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.cfg.BotURL+"/readyz", nil)
	if err != nil {
		return false
	}
	res, err := s.client.Do(req)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(res.Body, bodyLimit))
	return err == nil && res.StatusCode == http.StatusOK
}
