using System.Security.Cryptography;
using System.Text;
using VaultGrid.Ceremony.Approvals;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Model.Certificates;

namespace VaultGrid.LoadTest;

/// <summary>The files by which a running grid is reached.</summary>
internal sealed record TargetFiles(
    string ClientCertificate, string ClientKey, string Passphrase, string Root, string Authorities, IReadOnlyList<(string Certificate, string Key)> Admins);

/// <summary>A grid that runs already on this machine, over REST.</summary>
internal sealed class RunningTarget : LoadTarget
{
    private readonly VaultGridClient _client;
    private readonly TlsIdentity _identity;
    private readonly IReadOnlyList<(RoleCertificate Certificate, SigningKey Key)> _admins;

    private RunningTarget(VaultGridClient client, TlsIdentity identity, ulong revocations, IReadOnlyList<(RoleCertificate Certificate, SigningKey Key)> admins)
    {
        (_client, _identity, _admins) = (client, identity, admins);
        Revocations = revocations;
    }

    public override IVaultGrid Grid => _client;

    protected override ulong Revocations { get; }

    /// <exception cref="LoadException">A file can't be used, or the grid does not have the key.</exception>
    public static RunningTarget Open(Uri address, TargetFiles files, ClusterId cluster, KeyId key)
    {
        using var passphrase = SecretBytes.Take(Encoding.UTF8.GetBytes(File.ReadAllText(files.Passphrase).TrimEnd('\n')));
        var known = Done(KnownAuthorities.Open(File.ReadAllText(files.Root), File.ReadAllText(files.Authorities), TimeProvider.System.GetUtcNow()), files.Authorities);
        var identity = Identity(files, passphrase);
        var client = Done(VaultGridClient.Create(new VaultGridClientOptions { Address = address, Retries = 0 }, identity, known, TimeProvider.System), "the client");
        var admins = files.Admins.Select(admin => Admin(admin.Certificate, admin.Key, passphrase)).ToList();
        var target = new RunningTarget(client, identity, ListNumber(known.Current), admins);
        target.Key = Done(client.GetKeyAsync(cluster, key, CancellationToken.None).GetAwaiter().GetResult(), $"key '{key}' of cluster {cluster}");
        return target;
    }

    public override ValueTask DisposeAsync()
    {
        _client.Dispose();
        _identity.Dispose();
        foreach (var admin in _admins) admin.Key.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override IEnumerable<Approval> Approve(RequestDocument request) =>
        _admins.Select(admin => Done(Approver.Approve(request, admin.Certificate, admin.Key), "an approval"));

    private static TlsIdentity Identity(TargetFiles files, SecretBytes passphrase)
    {
        var utf8 = new byte[passphrase.Length];
        try
        {
            passphrase.CopyTo(utf8);
            return Done(TlsIdentity.FromPem(File.ReadAllText(files.ClientCertificate), File.ReadAllText(files.ClientKey), utf8), files.ClientCertificate);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(utf8);
        }
    }

    private static (RoleCertificate Certificate, SigningKey Key) Admin(string certificate, string key, SecretBytes passphrase)
    {
        var chain = Done(AuthorityBundle.ParsePem(File.ReadAllText(certificate)), certificate);
        return (Done(RoleCertificate.Parse(chain.Certificates[0].Span), certificate), Done(SigningKeyFile.Read(key, passphrase), key));
    }

    private static T Done<T>(Outcome<T> outcome, string what)
        where T : notnull => outcome.Is(out var value, out var refusal) ? value : throw new LoadException($"{what}: {refusal.Detail}");
}
