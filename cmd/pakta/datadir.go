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
func (d dataDir) schedule() string {
	return filepath.Join(string(d), "schedule.json")
}

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

// crawling reports whether the process that had the crawl lock last is there.
// The lock itself is left alone: a run that begins now must get it.
func (d dataDir) crawling() bool {
	holder, err := os.ReadFile(d.lock())
	if err != nil {
		return false
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(holder)))
	return err == nil && alive(pid)
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

// schedule is what schedule.json says: when the process that keeps the
// schedule makes its next run.
type schedule struct {
	Next time.Time `json:"next"` // UTC; in the past while the run is made
	Why  string    `json:"why"`
	PID  int       `json:"pid"`
}

// announce leaves a note about this process for others.
func announce(path string, note any) error {
	b, err := json.Marshal(note)
	if err != nil {
		return fmt.Errorf("announce: %w", err)
	}
	return export.File(path, func(w io.Writer) error {
		_, err := w.Write(append(b, '\n'))
		return err
	})
}

// withdraw takes a note back, unless that of another process has replaced it.
func withdraw(path string, pid int) {
	if pid == os.Getpid() {
		os.Remove(path) // a stale one is harmless: readers look for the process
	}
}

// readNote reads the note of a process. The error is fs.ErrNotExist when there
// is none, or none that can be read.
func readNote(path string, note any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, note); err != nil {
		return fmt.Errorf("%s is damaged: %w", path, fs.ErrNotExist)
	}
	return nil
}

// alive reports whether a process is there.
func alive(pid int) bool { return pid > 0 && !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

func (d dataDir) writeServer(s server) error { return announce(d.server(), s) }

func (d dataDir) removeServer() {
	if s, err := d.readServer(); err == nil {
		withdraw(d.server(), s.PID)
	}
}

// readServer reads the announcement of a server. The error is fs.ErrNotExist
// when there is none.
func (d dataDir) readServer() (s server, err error) {
	if err = readNote(d.server(), &s); err == nil && s.Address == "" {
		err = fs.ErrNotExist
	}
	if err != nil {
		return s, fmt.Errorf("find server: %w", err)
	}
	return s, nil
}

func (d dataDir) writeSchedule(s schedule) error { return announce(d.schedule(), s) }

func (d dataDir) removeSchedule() {
	if s, err := d.readSchedule(); err == nil {
		withdraw(d.schedule(), s.PID)
	}
}

// readSchedule reads when the next run is. The error is fs.ErrNotExist when
// no process keeps a schedule.
func (d dataDir) readSchedule() (s schedule, err error) {
	if err = readNote(d.schedule(), &s); err == nil && !alive(s.PID) {
		err = fs.ErrNotExist // it was killed and could not take its note back
	}
	if err != nil {
		return s, fmt.Errorf("find schedule: %w", err)
	}
	return s, nil
}
