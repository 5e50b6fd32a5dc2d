using System.Diagnostics;

namespace VaultGrid.Enclave;

/// <summary>A key that was checked outside the vault's gate and waits to be taken into the state; wiped where it is not.</summary>
[DebuggerDisplay("CheckedKey({Value}, redacted)")]
internal sealed class CheckedKey(VaultKey value) : IDisposable
{
    private bool _taken;

    public VaultKey Value => value;

    /// <summary>The state owns it from now on.</summary>
    public VaultKey Take()
    {
        _taken = true;
        return value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_taken) value.Close();
    }

    /// <summary>Name only.</summary>
    public override string ToString() => $"CheckedKey({value.Birth.KeyId}, redacted)";
}
