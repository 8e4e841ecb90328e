// Package export writes agreements for analysts: as one JSON array or as JSON
// Lines. It streams, so memory is constant, and the same agreements give the
// same bytes.
//
//	n, err := export.Write(ctx, os.Stdout, export.JSONL, archive.Agreements(ctx))
//
// The package neither selects nor sorts.
package export
