// Package pakta is the domain of the program of the same name: it turns
// Indonesian regional news into a database of cooperation agreements between
// regional governments (kerja sama daerah).
//
// The package holds the types that the steps hand to one another, and their
// JSON. It imports nothing of the project and does no work of its own:
//
//	source -> page -> article -> record -> agreement -> index -> search, web, export
//	          crawler            extract   merge        index
//
// An [Article] is what a newsroom published. A [Record] is what the rules read
// in one article, each value with the words it was read from ([Evidence]). An
// [Agreement] is what one or more records say about one agreement in the
// world. A [Page] is what a server answered, an [Address] one address of a
// site and where it stands, a [Run] one night's work.
//
// The JSON of Record and Agreement is a public format: [RecordSchema] and
// [AgreementSchema] describe it, docs/record.md is its codebook.
package pakta
