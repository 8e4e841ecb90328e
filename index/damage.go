package index

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Inspect looks whether an index is whole and as it was written, and changes
// nothing. Its error wraps
// [fs.ErrNotExist] when there is none, and [ErrLocked] when another process has
// it; any other one says what is damaged.
func Inspect(ctx context.Context, dir string) error {
	if !exists(dir) {
		return fmt.Errorf("inspect index %s: %w", dir, fs.ErrNotExist)
	}
	f, err := lock(ctx, dir+".lock", time.Second)
	if err != nil {
		return fmt.Errorf("inspect index %s: %w", dir, err)
	}
	defer f.Close() // frees the lock
	if err := inspect(dir, true); err != nil {
		return fmt.Errorf("inspect index %s: %v", dir, err) // a file that is missing is no missing index
	}
	return nil
}

// inspect looks whether Bleve may open a folder, and says what is wrong. It
// must be asked first: Bleve deletes the segments of an index whose root.bolt
// is missing or empty. It reads the table of contents and the ends of the
// segments; bits that rotted inside them are found with all, which reads
// everything.
func inspect(dir string, all bool) error {
	meta, err := os.ReadFile(filepath.Join(dir, "index_meta.json"))
	if err != nil {
		return err
	}
	if !json.Valid(meta) {
		return errors.New("index_meta.json is broken")
	}
	root := filepath.Join(dir, "store", "root.bolt")
	info, err := os.Stat(root)
	if err != nil {
		return err
	}
	if err := inspectSize(root, info.Size()); err != nil {
		return err
	}
	return inspectSegments(root, all)
}

// inspectSize compares the size of a bbolt file with what its meta pages
// claim. A file that was cut must not be mapped: reading behind its end kills
// the process. The layout is that of bbolt's type meta, which follows a page
// header of 16 bytes.
func inspectSize(root string, size int64) error {
	f, err := os.Open(root)
	if err != nil {
		return err
	}
	defer f.Close() // reading only
	const (
		header = 16
		magic  = 0xed0cdaed
	)
	pageSize, sound := int64(os.Getpagesize()), 0
	for page := range int64(2) {
		meta := make([]byte, 64)
		if _, err := f.ReadAt(meta, page*pageSize+header); err != nil {
			return fmt.Errorf("root.bolt has %d bytes", size)
		}
		if binary.NativeEndian.Uint32(meta) != magic {
			continue
		}
		sound++
		if pages := binary.NativeEndian.Uint64(meta[40:]); pages > uint64(size/pageSize) {
			return fmt.Errorf("root.bolt has %d bytes, but claims %d pages of %d", size, pages, pageSize)
		}
	}
	if sound == 0 {
		return errors.New("root.bolt is no bbolt file")
	}
	return nil
}

// inspectSegments checks that the segments of the newest snapshot are there.
// The keys are those of Bleve's package util.
func inspectSegments(root string, all bool) (err error) {
	defer func() {
		if p := recover(); p != nil { // bbolt panics on some broken pages
			err = fmt.Errorf("root.bolt is broken: %v", p)
		}
	}()
	db, err := bolt.Open(root, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		return fmt.Errorf("root.bolt: %w", err)
	}
	defer db.Close() // reading only
	return db.View(func(tx *bolt.Tx) error {
		snapshots := tx.Bucket([]byte("s"))
		if snapshots == nil {
			return errors.New("root.bolt has no snapshots")
		}
		newest, _ := snapshots.Cursor().Last()
		if newest == nil {
			return errors.New("root.bolt has no snapshots")
		}
		return snapshots.Bucket(newest).ForEachBucket(func(k []byte) error {
			name := snapshots.Bucket(newest).Bucket(k).Get([]byte("p"))
			if name == nil {
				return nil // not a segment
			}
			return inspectSegment(filepath.Join(filepath.Dir(root), filepath.Base(string(name))), all)
		})
	})
}

// setAside moves a folder out of the way and returns where it went.
func setAside(dir string, now time.Time) (string, error) {
	to := dir + ".bad-" + now.UTC().Format("20060102T150405.000")
	if err := os.Rename(dir, to); err != nil {
		return "", fmt.Errorf("set damaged index aside: %w", err)
	}
	return to, nil
}

// exists reports whether something is at path.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
