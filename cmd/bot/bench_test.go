package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/store"
)

// BenchmarkWholeWay measures a slash command from signed HTTP to its answer, over loopback: verified, durable,
// answered. "mem" is the same without a disk, so bolt ÷ mem of one run is what durability costs; c is how many
// people log at once.
func BenchmarkWholeWay(b *testing.B) {
	for _, engine := range []string{"mem", "bolt"} {
		for _, c := range []int{1, 64} {
			b.Run(fmt.Sprintf("%s/c=%d", engine, c), func(b *testing.B) { wholeWay(b, engine, c) })
		}
	}
}

func wholeWay(b *testing.B, engine string, c int) {
	spec := "mem:"
	if engine == "bolt" {
		spec = "bolt:" + filepath.Join(b.TempDir(), "paceline.db")
	}
	s, err := store.Open(b.Context(), spec)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	cfg := config{BotToken: sandboxBotToken, SigningSecret: sandboxSecret, APIURL: fakeSlack(b) + "/api/"}
	bot, err := wire(cfg, s, doors{}, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(bot.handler())
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: c}}
	defer client.CloseIdleConnections()
	const members = 1000
	var n atomic.Int64
	one := func() {
		i := n.Add(1)
		status, text, err := slash(context.Background(), client, server.URL, fmt.Sprintf("U%09d", i%members), "/sent", "", fmt.Sprintf("%d.1", i))
		if err != nil || status != http.StatusOK || text == "" {
			b.Errorf("%d %q %v", status, text, err)
		}
	}
	for range members {
		one() // everybody joins first
	}
	left := int64(b.N)
	b.ResetTimer()
	start := time.Now()
	done := make(chan struct{})
	for range c {
		go func() {
			for atomic.AddInt64(&left, -1) >= 0 {
				one()
			}
			done <- struct{}{}
		}()
	}
	for range c {
		<-done
	}
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "logs/s")
}
