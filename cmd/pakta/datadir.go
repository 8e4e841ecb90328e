package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"pakta/export"
)

// dataDir is the layout of a data directory.
type dataDir string

func (d dataDir) archive() string { return filepath.Join(string(d), "pakta.db") }
func (d dataDir) index() string   { return filepath.Join(string(d), "index") }
func (d dataDir) lock() string    { return filepath.Join(string(d), "crawl.lock") }
func (d dataDir) server() string  { return filepath.Join(string(d), "serve.json") }

// make creates the directory and finds out whether files can be made in it,
// so that an unusable one is reported before any work is done.
func (d dataDir) make() error {
	const advice = "give your user rights to it, or choose another with --data"
	if err := os.MkdirAll(string(d), 0o755); err != nil {
		return fmt.Errorf("data directory: %w; %s", err, advice)
	}
	probe, err := os.CreateTemp(string(d), ".write-*")
	if err != nil {
		return fmt.Errorf("data directory %s cannot be written to: %w; %s", d, err, advice)
	}
	probe.Close() // nothing was written
	if err := os.Remove(probe.Name()); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	return nil
}

// exists says whether anything was ever archived here.
func (d dataDir) exists() bool {
	_, err := os.Stat(d.archive())
	return err == nil
}

// errRunning means that another process has the crawl lock.
var errRunning = errors.New("another run is in progress")

// lockCrawl takes the lock that one run at a time may hold, across processes.
// The kernel gives it back when the process dies, however it dies. An error
// is errRunning, with the holder's process id, when another run holds it.
func (d dataDir) lockCrawl() (release func(), err error) {
	f, err := os.OpenFile(d.lock(), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", d.lock(), err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		holder, _ := io.ReadAll(io.LimitReader(f, 20)) // only for the message
		f.Close()
		return nil, fmt.Errorf("%w (process %s, lock %s); wait for it to end", errRunning, strings.TrimSpace(string(holder)), d.lock())
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", d.lock(), err)
	}
	if err := writeHolder(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", d.lock(), err)
	}
	return func() { f.Close() }, nil
}

// writeHolder leaves this process's id in the lock file, for the message
// that another one prints.
func writeHolder(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// server is what serve.json says: where the running server answers.
type server struct {
	Address string    `json:"address"` // host:port
	PID     int       `json:"pid"`
	Started time.Time `json:"started"`
}

// writeServer announces a running server.
func (d dataDir) writeServer(s server) error {
	b, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("announce server: %w", err)
	}
	return export.File(d.server(), func(w io.Writer) error {
		_, err := w.Write(append(b, '\n'))
		return err
	})
}

// removeServer takes the announcement back, unless another server's has
// replaced it.
func (d dataDir) removeServer() {
	if s, err := d.readServer(); err == nil && s.PID == os.Getpid() {
		os.Remove(d.server()) // a stale one is harmless: readers fall back to the index
	}
}

// readServer reads the announcement. The error is fs.ErrNotExist when there is
// none.
func (d dataDir) readServer() (server, error) {
	b, err := os.ReadFile(d.server())
	if err != nil {
		return server{}, fmt.Errorf("find server: %w", err)
	}
	var s server
	if err := json.Unmarshal(b, &s); err != nil || s.Address == "" {
		return server{}, fmt.Errorf("find server: %s is damaged: %w", d.server(), fs.ErrNotExist)
	}
	return s, nil
}
