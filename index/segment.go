package index

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
)

const (
	// segmentEnd is what every segment of Bleve ends with: its format and the
	// checksum of all before it, big endian, four bytes each.
	segmentEnd = 8
	// maxFormat is far above the format of segments, which is 17: what a file has
	// there that was cut is a number of any size.
	maxFormat = 1000
)

// inspectSegment looks whether a segment ends as one does and, with all of it,
// whether it is what was written.
func inspectSegment(path string, all bool) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() // reading only
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() == 0 {
		return fmt.Errorf("segment %s is empty", info.Name())
	}
	end := make([]byte, segmentEnd)
	if _, err := f.ReadAt(end, info.Size()-segmentEnd); err != nil || binary.BigEndian.Uint32(end) > maxFormat {
		return fmt.Errorf("segment %s is cut off", info.Name())
	}
	if !all {
		return nil
	}
	sum := crc32.NewIEEE()
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, info.Size()-4)); err != nil {
		return err
	}
	if sum.Sum32() != binary.BigEndian.Uint32(end[4:]) {
		return fmt.Errorf("segment %s is not what was written", info.Name())
	}
	return nil
}
