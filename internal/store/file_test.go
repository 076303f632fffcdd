package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

func TestReopen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "paceline.db")
	log := slog.New(slog.DiscardHandler)
	for i := range 5 {
		e, err := openBolt(file, log)
		if err != nil {
			t.Fatal(err)
		}
		for n := range i {
			if done := put(t, e, fmt.Sprint(n), one("U1", monday)); !done.Repeat || string(done.Answer) != fmt.Sprint("number ", n+1) {
				t.Fatalf("after opening again: %+v", done)
			}
		}
		put(t, e, fmt.Sprint(i), one("U1", monday))
		same(t, "entries", verified(t, e).Entries, i+1)
		same(t, "next", read(t, e, quota.Need{}).Next, uint64(i+2))
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v: others can read it", info.Mode(), err)
	}
}

func TestSecondProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // bbolt waits by the clock of the bubble
		e := openFile(t)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		_, err := openBolt(e.db.Path(), slog.New(slog.DiscardHandler))
		want := "paceline.db is in use by another process; stop it, or choose another file with PACELINE_STORE"
		if err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Fatalf("%v; want …%s", err, want)
		}
		if ctx.Err() != nil {
			t.Fatal("it took more than 3 seconds to say so")
		}
		put(t, e, "k", one("U1", monday)) // the first is not disturbed
	})
}

func TestUnusableFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	text := write("text", []byte("not a database"))
	whole := filepath.Join(dir, "whole")
	e, err := openBolt(whole, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	put(t, e, "k", one("U1", monday))
	e.Close()
	content, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	newer := write("newer", content)
	change(t, newer, func(tx *bolt.Tx) error {
		return openTable(tx, formatTable).put(formatKey, binary.AppendUvarint(nil, format+1))
	})
	spoiled := func(at int) []byte {
		c := append([]byte(nil), content...)
		c[at] ^= 4
		return c
	}
	foreign := filepath.Join(dir, "foreign")
	change(t, foreign, func(tx *bolt.Tx) error {
		_, err := tx.CreateBucket([]byte("somebody else's"))
		return err
	})
	for _, c := range []struct{ file, want string }{
		{dir, "is a folder; name a file in it: PACELINE_STORE=bolt:" + dir + "/paceline.db"},
		{filepath.Join(dir, "none", "x.db"), "none is not a folder; make it"},
		{filepath.Join(text, "x.db"), "text is not a folder; make it"},
		{text, "restore a snapshot, or choose another file"},
		{write("zeros", make([]byte, 1<<16)), "restore a snapshot, or choose another file"},
		{write("cut", content[:5000]), "restore a snapshot"},
		{write("first header", spoiled(40)), "one of the two headers"},
		{write("second header", spoiled(os.Getpagesize()+70)), "one of the two headers"},
		{newer, "was written by a newer Paceline (its format is 3, this one reads 2); start that version"},
		{foreign, "was not made by Paceline; choose another file"},
	} {
		e, err := Open(context.Background(), "bolt:"+c.file)
		if err == nil {
			e.Close()
			t.Errorf("%s was opened", c.file)
			continue
		}
		if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s:\n got %v\nwant %s", c.file, err, c.want)
		}
	}
	// Refusing them has not changed them.
	if now, err := os.ReadFile(text); err != nil || string(now) != "not a database" {
		t.Errorf("%q, %v", now, err)
	}
}

// The super-user of a test may write everywhere, so these errors are made.
func TestExplain(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "open", Path: "/x/p.db", Err: syscall.EACCES}, "let the user who runs Paceline write the file and its folder"},
		{&fs.PathError{Op: "open", Path: "/x/p.db", Err: syscall.EROFS}, "let the user who runs Paceline write the file and its folder"},
		{&fs.PathError{Op: "write", Path: "/x/p.db", Err: syscall.ENOSPC}, "there is no room for /x/p.db"},
		{&fs.PathError{Op: "open", Path: "/x/p.db", Err: syscall.EIO}, "/x/p.db cannot be opened"},
		{errors.New("invalid database"), "restore a snapshot"},
	} {
		if got := explain("/x/p.db", c.err); !strings.Contains(got.Error(), c.want) || !errors.Is(got, c.err) {
			t.Errorf("%v: %v", c.err, got)
		}
	}
}

// change edits a closed file with bbolt.
func change(t *testing.T, file string, edit func(tx *bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(file, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(edit), db.Close()); err != nil {
		t.Fatal(err)
	}
}
