// Package warc reads and writes web archives (WARC, ISO 28500), the form in
// which libraries and crawlers exchange pages as servers sent them.
//
// In go kept pages, out comes a file that any tool for web archives reads, and
// the other way round:
//
//	w, err := warc.NewWriter(file, "pakta/1")
//	err = w.Write(page)
//
//	r := warc.NewReader(file)
//	for { page, err := r.Next(); ... }
//
// Both stream: one record is in memory at a time. The writer packs every record
// into a gzip member of its own, as WARC/1.1 asks. The reader takes files packed
// or plain, of any version, and passes over what is no page; what it cannot read
// is one bad record, and it goes on with the next. Requests, resources and
// revisits are not read.
package warc
