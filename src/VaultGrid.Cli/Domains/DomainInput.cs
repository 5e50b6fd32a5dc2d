using VaultGrid.Cli.Files;
using VaultGrid.Cli.Trusts;
using VaultGrid.Client;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Domains;

/// <summary>A Domain that a command is about: the grid's by its id, or a file of the user's own, which may be of any revision and from any grid.</summary>
internal static class DomainInput
{
    public const string Description = "The Domain: its id, or the file of its document";

    public static async Task<Domain> ReadAsync(Invocation run, string text)
    {
        if (DomainId.TryParse(text, out var id)) return await run.Domains.GetAsync(id, run.Cancellation).OrEnd();
        var domain = TrustFile.ReadDomain(text);
        _ = DomainAssurance.Check(domain, run.Authorities.Current).OrEnd(text);
        return domain;
    }

    /// <summary>Has a Domain's key pair sign a statement, in the form that certificates' keys sign it.</summary>
    public static async Task<ReadOnlyMemory<byte>> SignAsync(Invocation run, string text, byte[] statement)
    {
        var domain = await ReadAsync(run, text);
        var answer = await run.Domains.SignAsync(domain, 0, Digest(domain.Keys.Current.Kind, statement), run.Cancellation).OrEnd();
        return answer.Result ?? default;
    }

    /// <summary>What the enclave is given to sign: ed25519 the message, all others its digest.</summary>
    public static byte[] Digest(MasterKeyKind kind, byte[] message) => kind == MasterKeyKind.Ed25519 ? message : Hash256.Sha256(message).ToArray();

    public static byte[] ToFile(Domain domain) => TrustFile.ToFile(TrustFile.DomainKind, domain.ToBytes());

    /// <summary>A Domain's file, written anew under a name of its own: revisions stand beside each other.</summary>
    public static void Write(string path, Domain domain) => new OutputFiles().Add(path, ToFile(domain)).Write();

    /// <summary>The Domain that a document names, where nothing else was given.</summary>
    public static Domain Parse(ReadOnlySpan<byte> bytes) => Domain.Parse(bytes, new CertificateCache()).OrEnd("the grid's answer");
}
