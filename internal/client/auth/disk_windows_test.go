package auth

// childFullDisk has no counterpart: Windows has no limit on the size of files.
func childFullDisk() int { return 1 }
