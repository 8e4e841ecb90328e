// Command pakta turns Indonesian regional news into a searchable database of
// cooperation agreements between regional governments (kerja sama daerah).
//
//	pakta demo                  a bundled newsroom: crawled, extracted, served
//	pakta crawl                 one run over the configured sources
//	pakta search "air minum" --region "Batang Hari" --since 2020
//	pakta export --format jsonl -o agreements.jsonl
//
// This package parses, wires and prints; the work is done by the packages it
// imports. It alone reads flags, environment and files and decides on paths.
// [commands] is the table of commands: each is a struct of flags with a
// register and a run that takes its outputs as writers and returns the exit
// code: 0 done, 1 failed, 2 wrong usage.
//
// A setting comes from the first place that has it: flag, environment
// variable, configuration file, default. Every flag has a key in the file and,
// made from it, a variable: --delay of crawl is crawler.delay and
// PAKTA_CRAWLER_DELAY.
//
// Data go to standard output, talk to standard error. The data directory holds
//
//	pakta.db      the archive, which is the truth
//	index/        the search index, which can be deleted and is rebuilt
//	pakta.yaml    the configuration
//	crawl.lock    held by the run in progress
//	serve.json    address and process of the running server
package main
