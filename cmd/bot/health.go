package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/kelseyhightower/envconfig"
)

// health asks the bot on this machine whether it is alive. It is what a container's health check runs.
func health(ctx context.Context, args []string, errOut io.Writer) error {
	if err := parse(flag.NewFlagSet("health", flag.ContinueOnError), args, errOut); err != nil {
		return err
	}
	var c config
	if err := envconfig.Process("", &c); err != nil {
		return problems{err.Error()}
	}
	host, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return problems{fmt.Sprintf("PACELINE_ADDR is %q: use HOST:PORT or :PORT", c.Addr)}
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/healthz", nil)
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{}} // no proxy: it asks its own machine
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("the bot does not answer: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the bot answers %s", res.Status)
	}
	return nil
}
