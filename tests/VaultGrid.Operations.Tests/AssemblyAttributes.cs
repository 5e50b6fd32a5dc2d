using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

// Each test brings up a grid of its own: one after the other, so that what is measured and waited for is that grid.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
