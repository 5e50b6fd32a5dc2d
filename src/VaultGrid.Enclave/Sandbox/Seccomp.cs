using System.ComponentModel;
using System.Runtime.InteropServices;
using VaultGrid.Enclave.Native;

namespace VaultGrid.Enclave;

/// <summary>Puts the filter of <see cref="SeccompProgram"/> onto every thread of this process, for good.</summary>
internal static class Seccomp
{
    private const nint SetFilter = 1;
    private const nint AllThreads = 1;

    /// <summary>Installs it. New privileges must have been given up before.</summary>
    public static unsafe Outcome<Done> Install(bool isNetworked)
    {
        var architecture = RuntimeInformation.ProcessArchitecture;
        if (SeccompProgram.For(architecture, isNetworked) is not { } program)
            return new Refusal(RefusalCode.EnclaveFault, $"this program has no system-call filter for {architecture}");

        fixed (SeccompProgram.Instruction* first = program)
        {
            // struct sock_fprog { unsigned short len; struct sock_filter *filter; }
            var filter = new Filter((ushort)program.Length, (nint)first);
            var number = architecture == Architecture.X64 ? 317 : 277;
            return Posix.SystemCall(number, SetFilter, AllThreads, (nint)(&filter), 0) == 0
                ? default(Done)
                : new Refusal(RefusalCode.EnclaveFault, $"the kernel did not take the system-call filter: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Filter(ushort length, nint instructions)
    {
        public readonly ushort Length = length;
        public readonly nint Instructions = instructions;
    }
}
