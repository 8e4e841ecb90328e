package archive

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Errors that a caller decides on.
var (
	// ErrNotFound: nothing is kept under the id or address.
	ErrNotFound = errors.New("not in the archive")
	// ErrFull: the disk is full. Nothing was written by the call.
	ErrFull = errors.New("the disk is full: free some space and run again, nothing collected is lost")
	// ErrNewer: a newer pakta has changed the file.
	ErrNewer = errors.New("the archive was written by a newer pakta: use that version, or another data directory")
	// ErrDamaged: the file is no SQLite database, or a broken one.
	ErrDamaged = errors.New("the archive is damaged: restore a backup, or try `sqlite3 FILE .recover`; the file was not touched")
)

// busyTimeout is how long a writer waits for another process. A batch of the
// longest transaction (Derive over 100,000 records) stays well below it.
const busyTimeout = 30 * time.Second

// checkpoint is how many pages of 4 KB the log has before they are written into
// the file: a page that many articles change is written once, the log stays at
// some 16 MB.
const checkpoint = 4000

// cache is how many KB of the file each connection keeps in memory: the inner
// pages of every index, and the leaves that are being written.
const cache = 8000

//go:embed migrations/*.sql
var migrations embed.FS

// Archive is an open archive. It is safe for concurrent use.
type Archive struct {
	path string
	// One connection writes, so that goroutines queue in Go rather than in
	// SQLite's polling; the others read the last committed state.
	write, read *sql.DB
	prepared    map[string]*sql.Stmt
	batches     batches
	zips        sync.Pool // of *gzip.Writer: each has large tables
}

// Open opens the archive in a file and creates it when there is none; the
// folder must exist. It brings an older archive up to date. Errors wrap
// [ErrNewer], [ErrDamaged] or [ErrFull] where they apply.
func Open(ctx context.Context, path string) (*Archive, error) {
	if err := check(path); err != nil {
		return nil, fmt.Errorf("open archive %s: %w", path, err)
	}
	a := &Archive{path: path, batches: batches{full: make(chan struct{}, 1)}}
	var err error
	if a.write, err = connect(path, "immediate", 1); err == nil {
		a.read, err = connect(path, "deferred", 4)
	}
	if err == nil {
		err = a.migrate(ctx)
	}
	if err == nil {
		err = a.prepare(ctx)
	}
	if err != nil {
		a.Close() // the first error is the one to tell
		return nil, fmt.Errorf("open archive %s: %w", path, explain(err))
	}
	return a, nil
}

// check refuses a file that is no SQLite database before SQLite sees it, so
// that it stays as it is.
func check(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return err
		}
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close() // reading only
	head := make([]byte, 16)
	n, err := f.Read(head)
	if n == 0 {
		return nil // an empty file is a new database to SQLite
	}
	if err != nil || string(head[:n]) != "SQLite format 3\x00" {
		return ErrDamaged
	}
	return nil
}

// connect opens a pool. synchronous=FULL: an acknowledged article must
// survive a power cut, and the network, not fsync, limits a crawl.
func connect(path, lock string, connections int) (*sql.DB, error) {
	q := url.Values{"_txlock": {lock}}
	for _, p := range []string{
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()), "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		fmt.Sprintf("wal_autocheckpoint(%d)", checkpoint), fmt.Sprintf("cache_size(-%d)", cache),
	} {
		q.Add("_pragma", p)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: abs, RawQuery: q.Encode()}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	return db, nil
}

// Close closes the file.
func (a *Archive) Close() error {
	var errs []error
	for _, db := range []*sql.DB{a.read, a.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// migrate applies the migrations that the file has not seen, each in one
// transaction with its version number.
func (a *Archive) migrate(ctx context.Context) error {
	files, err := fs.Glob(migrations, "migrations/*.sql") // sorted
	if err != nil {
		return err
	}
	var have int
	if err := a.write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if have > len(files) {
		return ErrNewer
	}
	if have == len(files) {
		return nil
	}
	return a.inTx(ctx, func(tx *sql.Tx) error {
		// Another process may have been faster.
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
			return err
		}
		for v := have; v < len(files); v++ {
			if err := a.apply(ctx, tx, files[v], v+1); err != nil {
				return fmt.Errorf("migrate to version %d: %w", v+1, err)
			}
		}
		return nil
	})
}

func (a *Archive) apply(ctx context.Context, tx *sql.Tx, file string, version int) error {
	script, err := migrations.ReadFile(file)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, string(script)); err != nil {
		return err
	}
	if version == 1 {
		id := make([]byte, 8)
		rand.Read(id) // never fails, by its documentation
		if _, err := tx.ExecContext(ctx, "INSERT INTO meta VALUES ('generation', ?), ('seq', '0')", hex.EncodeToString(id)); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
	return err
}

// inTx runs fn in one write transaction.
func (a *Archive) inTx(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := a.write.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	if err := fn(tx); err != nil {
		tx.Rollback() // the first error is the one to tell
		return explain(err)
	}
	return explain(tx.Commit())
}

// explain wraps the SQLite errors that a person can do something about.
func explain(err error) error {
	if err == nil {
		return nil
	}
	var s *sqlite.Error
	if errors.As(err, &s) {
		switch s.Code() & 0xff {
		case sqlite3.SQLITE_FULL:
			return fmt.Errorf("%w (%v)", ErrFull, err)
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			return fmt.Errorf("%w (%v)", ErrDamaged, err)
		}
	}
	if strings.Contains(err.Error(), "no space left on device") {
		return fmt.Errorf("%w (%v)", ErrFull, err)
	}
	return err
}

// Check reads the whole file for damage; it takes seconds per gigabyte.
func (a *Archive) Check(ctx context.Context) error {
	var result string
	if err := a.read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&result); err != nil {
		return fmt.Errorf("check archive %s: %w", a.path, explain(err))
	}
	if result != "ok" {
		return fmt.Errorf("check archive %s: %s: %w", a.path, result, ErrDamaged)
	}
	return nil
}

// Generation identifies the archive: a random id made when it was created. An
// index that followed another archive must start anew.
func (a *Archive) Generation(ctx context.Context) (string, error) { return a.meta(ctx, "generation") }

func (a *Archive) meta(ctx context.Context, key string) (string, error) {
	var v string
	if err := a.read.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = ?", key).Scan(&v); err != nil {
		return "", fmt.Errorf("read %s of archive %s: %w", key, a.path, explain(err))
	}
	return v, nil
}

// stampLayout has a fixed width, so that times compare as texts.
const stampLayout = "2006-01-02T15:04:05.000000000Z"

// stamp writes a time as text; the zero time is empty.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(stampLayout)
}

// unstamp reads what stamp wrote. Only this package writes these columns, so
// what does not parse is damage, and shows as the unknown time.
func unstamp(s string) time.Time {
	t, err := time.Parse(stampLayout, s)
	if err != nil {
		return time.Time{}
	}
	return t
}
