package pakta

import _ "embed" // the schemas below

// RecordSchema is the JSON Schema (2020-12) of [Record], the format of
// "pakta extract". It must not be changed.
//
//go:embed record.schema.json
var RecordSchema []byte

// AgreementSchema is the JSON Schema (2020-12) of [Agreement], the format of
// search and export. It must not be changed.
//
//go:embed agreement.schema.json
var AgreementSchema []byte
