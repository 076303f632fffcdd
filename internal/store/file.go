package store

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

const (
	// format is the form of the file as a whole. A form that an older version would misread has a higher number.
	format = 2
	// lockWait is how long another process is given to let go of the file: a restart overlaps a little.
	lockWait = 2 * time.Second
	// mapAhead is how much of the address space the file gets from the start: while it is smaller, a commit
	// never has to wait for a long read to end before the file can grow.
	mapAhead = 1 << 30
	// growth is by how much the file grows at a time, at the price of one more fsync.
	growth = 1 << 20
)

// plainFormat is the form from before there were deeds and intents. Its rows are read as they are; a file of
// it is given what it lacks when it is opened.
const plainFormat = 1

var formatKey = []byte("version")

func openBolt(file string, log *slog.Logger) (*engine, error) {
	if file == "" {
		return nil, sentence("bolt: names no file; set PACELINE_STORE to bolt:FILE, such as bolt:paceline.db")
	}
	_, err := os.Stat(file)
	made := errors.Is(err, fs.ErrNotExist)
	var db *bolt.DB
	if err := guardFaults(func() (err error) {
		db, err = bolt.Open(file, 0o600, boltOptions())
		return err
	}); err != nil {
		return nil, explain(file, err)
	}
	db.AllocSize = growth
	if err := checkHeaders(file); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := guardFaults(func() error { return settleFormat(db, file, log) }); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if made {
		if err := syncFolder(filepath.Dir(file)); err != nil {
			log.Warn("the folder of the store could not be synced; after a power cut the new file may be missing", "err", err)
		}
	}
	return newEngine(db, log), nil
}

// boltOptions: the list of free pages is kept on disk, which makes opening a matter of milliseconds whatever
// the size, and in memory as a map.
func boltOptions() *bolt.Options {
	o := &bolt.Options{Timeout: lockWait, FreelistType: bolt.FreelistMapType, NoStatistics: true}
	// Windows makes the file as large as its map.
	if strconv.IntSize == 64 && runtime.GOOS != "windows" {
		o.InitialMmapSize = mapAhead
	}
	return o
}

// settleFormat gives a new file its form, brings one of an older form up to it, and refuses any other.
func settleFormat(db *bolt.DB, file string, log *slog.Logger) error {
	form := uint64(0)
	if err := db.View(func(tx *bolt.Tx) (err error) {
		if name, _ := tx.Cursor().First(); name != nil {
			form, err = checkFormat(tx, file)
		}
		return err
	}); err != nil || form == format {
		return err
	}
	if err := db.Update(furnish); err != nil {
		return explain(file, err)
	}
	if form == plainFormat {
		log.Info("the store was brought up to a new format; older versions cannot open it any more", "from", form, "to", format)
	}
	return nil
}

// furnish makes the tables that are missing and states the form.
func furnish(tx *bolt.Tx) error {
	for _, name := range fileTables {
		if _, err := makeTable(tx, name); err != nil {
			return err
		}
	}
	var names []string
	if _, err := openTable(tx, headsTable).scan(nil, nil, func(key, _ []byte) error {
		names = append(names, string(key))
		return nil
	}); err != nil {
		return err
	}
	for _, name := range names {
		for _, of := range []string{entriesTable, personsTable, membersTable, teamsTable} {
			if tx.Bucket([]byte(of+" "+name)) == nil {
				return corrupt("bucket %q is missing", of+" "+name)
			}
		}
		if err := makeSpace(tx, name); err != nil {
			return err
		}
	}
	if err := putToken(tx, 0); err != nil {
		return err
	}
	return openTable(tx, formatTable).put(formatKey, binary.AppendUvarint(nil, format))
}

// checkFormat returns the form of a file that can be read.
func checkFormat(tx *bolt.Tx, file string) (uint64, error) {
	t := openTable(tx, formatTable)
	body, found, err := t.get(formatKey)
	if err != nil {
		return 0, err
	}
	if !found {
		return 0, sentence("%s was not made by Paceline; choose another file with PACELINE_STORE", file)
	}
	r := reader{rest: body}
	n := r.uint()
	switch {
	case !r.whole():
		return 0, t.damaged(formatKey, "the record does not fit its form")
	case n != format && n != plainFormat:
		return 0, sentence("%s was written by a newer Paceline (its format is %d, this one reads %d); start that version, or choose another file with PACELINE_STORE", file, n, format)
	}
	return n, nil
}

// ErrInUse says that another process has the file open.
var ErrInUse = errors.New("is in use by another process")

// explain says in one sentence why the file could not be opened, and what to do.
func explain(file string, err error) error {
	var no syscall.Errno
	errors.As(err, &no)
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return sentence("%s %w; stop it, or choose another file with PACELINE_STORE", file, ErrInUse)
	case no == syscall.EISDIR:
		return sentence("%s is a folder; name a file in it: PACELINE_STORE=bolt:%s", file, filepath.Join(file, "paceline.db"))
	case errors.Is(err, fs.ErrNotExist), no == syscall.ENOTDIR:
		return sentence("%s is not a folder; make it, or choose another file with PACELINE_STORE", filepath.Dir(file))
	case errors.Is(err, fs.ErrPermission), no == syscall.EROFS:
		return sentence("%s cannot be written (%w); let the user who runs Paceline write the file and its folder, or choose another file with PACELINE_STORE", file, err)
	case no == syscall.ENOSPC:
		return sentence("there is no room for %s (%w); free some, or choose another file with PACELINE_STORE", file, err)
	case no != 0:
		return sentence("%s cannot be opened (%w); choose another file with PACELINE_STORE", file, err)
	}
	return corrupt("%s is damaged, or no file of Paceline's (%w); restore a snapshot, or choose another file with PACELINE_STORE", file, err)
}

// syncFolder makes the name of a new file as durable as what is in it.
func syncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil // folders cannot be synced there
	}
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
