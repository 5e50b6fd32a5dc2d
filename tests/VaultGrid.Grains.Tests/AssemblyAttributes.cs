using System.Runtime.Versioning;

// Enclaves are processes of Linux and macOS.
[assembly: SupportedOSPlatform("linux")]
[assembly: SupportedOSPlatform("macos")]
