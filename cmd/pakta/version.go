package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// release is the version of this source tree.
const release = "0.1.0"

func versionCommand() command {
	return command{
		use:      "version",
		homeless: true,
		short:    "Print the version",
		args:     cobra.NoArgs,
		action:   &versionAction{},
	}
}

type versionAction struct{}

func (*versionAction) register(*flags) {}

func (*versionAction) run(_ context.Context, e *env, _ []string) int {
	fmt.Fprintf(e.stdout, "pakta %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return exitDone
}

// version is the release, with the commit it was built from when the build
// recorded one.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return release + "+" + s.Value[:12]
		}
	}
	return release
}
