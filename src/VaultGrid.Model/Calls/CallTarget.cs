using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>What a call uses: a key of the grid, or a Domain.</summary>
public abstract record CallTarget
{
    private const byte KeyNumber = 1, DomainNumber = 2;

    private CallTarget() { }

    /// <summary>A key, by the hash of its birth record.</summary>
    public sealed record Key(Hash256 Birth) : CallTarget;

    /// <summary>A Domain.</summary>
    public sealed record OfDomain(DomainId Id) : CallTarget;

    internal static void Write(WireWriter writer, CallTarget target)
    {
        switch (target)
        {
            case Key key:
                writer.U8(KeyNumber).Hash(key.Birth);
                break;
            case OfDomain domain:
                writer.U8(DomainNumber).Id(domain.Id.Value);
                break;
            default:
                throw new InvalidOperationException("An unlisted target.");
        }
    }

    internal static CallTarget Read(ref WireReader reader)
    {
        switch (reader.U8())
        {
            case KeyNumber: return new Key(reader.Hash());
            case DomainNumber: return new OfDomain(new DomainId(reader.Id()));
            default:
                reader.Fail("it asks for neither a key nor a Domain");
                return new Key(default);
        }
    }
}
