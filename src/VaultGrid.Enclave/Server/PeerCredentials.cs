using System.Buffers.Binary;
using System.Net.Sockets;

namespace VaultGrid.Enclave;

/// <summary>Who is at the other end of a Unix socket, by the kernel's word (unix(7), SO_PEERCRED): struct ucred { pid_t, uid_t, gid_t }.</summary>
internal static class PeerCredentials
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    /// <summary>The user that connected.</summary>
    public static uint UserOf(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        var length = socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials);
        if (length != credentials.Length) throw new InvalidOperationException("The kernel did not say who connected.");
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]) : BinaryPrimitives.ReadUInt32BigEndian(credentials[4..]);
    }
}
