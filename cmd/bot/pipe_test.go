package main

import (
	"context"
	"fmt"
	"net"
	"sync"
)

// exchange joins a bot and a sandbox inside a bubble: listeners and dialers made of net.Pipe, since a socket
// of the kernel would freeze the bubble's clock.
type exchange struct {
	mu    sync.Mutex
	doors map[string]*pipeListener
}

func newExchange() *exchange { return &exchange{doors: make(map[string]*pipeListener)} }

// listen opens a host; its address is HOST:80.
func (x *exchange) listen(host string) *pipeListener {
	l := &pipeListener{addr: host + ":80", conns: make(chan net.Conn), closed: make(chan struct{})}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.doors[l.addr] = l
	return l
}

func (x *exchange) dial(ctx context.Context, _, addr string) (net.Conn, error) {
	x.mu.Lock()
	l := x.doors[addr]
	x.mu.Unlock()
	if l == nil {
		return nil, fmt.Errorf("nobody listens on %s", addr)
	}
	near, far := net.Pipe()
	select {
	case l.conns <- far:
		return near, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

type pipeListener struct {
	addr   string
	conns  chan net.Conn
	once   sync.Once
	closed chan struct{}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return pipeAddr(l.addr) }

type pipeAddr string

func (pipeAddr) Network() string  { return "tcp" }
func (a pipeAddr) String() string { return string(a) }
