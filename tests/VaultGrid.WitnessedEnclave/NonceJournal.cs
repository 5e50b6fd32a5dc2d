using System.Globalization;
using System.Text;

namespace VaultGrid.WitnessedEnclave;

/// <summary>
/// Appends a line for each nonce that is spent, before it is used: <c>session place nonce approval</c>. A line is one write, so that a kill leaves whole lines, and whatever left the
/// enclave stands in it.
/// </summary>
internal sealed class NonceJournal(string file) : INonceWitness, IDisposable
{
    private readonly FileStream _file = new(file, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 });
    private readonly Lock _gate = new();

    public void Spent(SessionHeader header, int place, ReadOnlySpan<byte> nonce, Hash256? approval)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{header.Session} {place} {Convert.ToHexStringLower(nonce)} {(approval is { } spentOn ? spentOn.ToString() : "-")}\n");
        lock (_gate) _file.Write(Encoding.ASCII.GetBytes(line));
    }

    public void Dispose() => _file.Dispose();
}
