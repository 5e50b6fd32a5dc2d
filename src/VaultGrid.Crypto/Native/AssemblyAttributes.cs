using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Natives come from beside the assembly or from the system's own library directories, never from the working directory.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
[assembly: DisableRuntimeMarshalling]
