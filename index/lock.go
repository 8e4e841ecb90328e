package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ErrLocked: another process holds the index.
var ErrLocked = errors.New("the index is in use")

// lockPoll is how often a held lock is tried again.
const lockPoll = 20 * time.Millisecond

// lock takes the lock file of an index, which holds the owner's process id,
// and waits for it at most wait. The system frees it when the process ends,
// however it ends.
func lock(ctx context.Context, path string, wait time.Duration) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	deadline := time.NewTimer(wait)
	defer deadline.Stop()
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return f, writePid(f)
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			f.Close() // nothing was written
			return nil, fmt.Errorf("lock %s: %w", path, err)
		}
		select {
		case <-ctx.Done():
			f.Close() // nothing was written
			return nil, ctx.Err()
		case <-deadline.C:
			pid, _ := os.ReadFile(path) // without it the message says less
			f.Close()                   // nothing was written
			return nil, fmt.Errorf("%w by process %s (%s)", ErrLocked, strings.TrimSpace(string(pid)), path)
		case <-time.After(lockPoll):
		}
	}
}

func writePid(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}
