using VaultGrid.Ceremony.Files;
using VaultGrid.Crypto;
using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Authorities;

/// <summary>
/// The CAs of a grid in one directory (0700), opened by one ceremony at a time. A private key is decrypted for the one operation that signs
/// with it. Serial and list numbers are on disk before what carries them leaves; a crash at any point loses at most an unused number.
/// </summary>
public sealed partial class GridAuthorities : IDisposable
{
    private readonly string _path;
    private readonly AuthorityOptions _options;
    private readonly TimeProvider _time;
    private readonly FileStream _lock;
    private readonly SortedDictionary<string, AuthorityFolder> _folders = new(StringComparer.Ordinal);

    private GridAuthorities(string path, AuthorityOptions options, TimeProvider time, FileStream held) =>
        (_path, _options, _time, _lock) = (path, options, time, held);

    /// <summary>The trust anchor that enclaves pin.</summary>
    public RoleCertificate Root => Folder(CertificateIdentity.Authority(CertificateRole.Root))!.Certificate;

    /// <summary>Every CA's certificate.</summary>
    public IReadOnlyList<RoleCertificate> Authorities => [.. _folders.Values.Select(folder => folder.Certificate).OrderBy(ca => ca.Role)];

    /// <summary>What all CAs gave out, oldest first per CA.</summary>
    public IReadOnlyList<IssueRecord> Issued =>
    [
        .. _folders.Values.SelectMany(folder => folder.Ledger.Issued.Select(entry => new IssueRecord(
            folder.Certificate.Identity,
            entry.Serial,
            entry.Identity,
            entry.NotAfter,
            folder.Ledger.Revoked.FirstOrDefault(revoked => revoked.Serial == entry.Serial)?.Since))),
    ];

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>
    /// Makes the CAs of a new grid, each with its empty list number 1. All or nothing: the directory appears when it is complete.
    /// <c>state.conflict</c>: it exists already.
    /// </summary>
    public static Outcome<GridAuthorities> Create(
        string directory,
        IReadOnlyCollection<ClusterId> clusters,
        AuthorityOptions options,
        SecretBytes passphrase,
        TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(passphrase);
        ArgumentNullException.ThrowIfNull(time);
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (Path.Exists(path)) return new Refusal(RefusalCode.StateConflict, $"{directory} exists already");

        var partial = path + ".partial";
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        AtomicFile.CreateDirectory(partial);
        using (var draft = new GridAuthorities(partial, options, time, Lock(partial)))
        {
            if (draft.CreateAll(clusters, passphrase) is { } refusal)
            {
                Directory.Delete(partial, recursive: true);
                return refusal;
            }
        }

        Directory.Move(partial, path);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
        return Open(path, options, time);
    }

    /// <summary>
    /// Opens a directory of CAs. <c>resource.unknown</c>: there is none; <c>state.conflict</c>: another ceremony has it open;
    /// <c>store.tampered</c>: a file is missing, damaged or not the one that belongs there.
    /// </summary>
    public static Outcome<GridAuthorities> Open(string directory, AuthorityOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (!Directory.Exists(path)) return new Refusal(RefusalCode.ResourceUnknown, $"there is no directory {directory}");

        FileStream held;
        try
        {
            held = Lock(path);
        }
        catch (IOException)
        {
            return new Refusal(RefusalCode.StateConflict, $"another ceremony has {directory} open");
        }

        var grid = new GridAuthorities(path, options, time, held);
        var refusal = grid.Load();
        if (refusal is null) return grid;

        grid.Dispose();
        return refusal;
    }

    /// <summary>All CA certificates and their newest lists: the file <c>authorities.pem</c> that goes to everybody.</summary>
    public AuthorityBundle Bundle()
    {
        var folders = _folders.Values.OrderBy(folder => folder.Certificate.Role).ToList();
        return new(
            [.. folders.Select(folder => folder.Certificate.Der)],
            [.. folders.Select(folder => folder.List).OfType<RevocationList>().Select(list => list.Der)]);
    }

    /// <summary>The bundle as everyone else will read it: pinned root, all signatures and rules checked.</summary>
    public Outcome<TrustedAuthorities> Trusted() =>
        TrustedAuthorities.Pin(Root.Der.Span).Then(pinned => pinned.TryAdd(Bundle(), Now));

    /// <summary>The certificate and the CAs above it, without the root, in PEM.</summary>
    public string FullChainPem(RoleCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var pem = AuthorityFolder.Pem(certificate);
        for (var above = IssuerOf(certificate.Identity); above is not null && above.Certificate.Role != CertificateRole.Root; above = IssuerOf(above.Certificate.Identity))
            pem += AuthorityFolder.Pem(above.Certificate);
        return pem;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path) => new(Path.Combine(path, "lock"), AtomicFile.OwnerOnly(FileMode.OpenOrCreate));

    private Refusal? Load()
    {
        foreach (var path in Directory.GetDirectories(_path))
        {
            // A CA's folder without certificate is what a crash left of one that never was.
            if (!File.Exists(Path.Combine(path, "certificate.pem"))) continue;
            if (!AuthorityFolder.Open(path).Is(out var folder, out var refusal)) return refusal;
            _folders.Add(Path.GetFileName(path), folder);
        }

        if (Folder(CertificateIdentity.Authority(CertificateRole.Root)) is null)
            return new(RefusalCode.StoreTampered, $"{_path} has no root CA");
        return Trusted().Refusal is { } broken ? new(RefusalCode.StoreTampered, $"the CAs in {_path} don't fit together: {broken.Detail}") : null;
    }

    private AuthorityFolder? Folder(CertificateIdentity authority) => _folders.GetValueOrDefault(AuthorityFolder.NameOf(authority));

    private AuthorityFolder? IssuerOf(CertificateIdentity identity) => Folder(IssuerIdentity(identity));

    private static CertificateIdentity IssuerIdentity(CertificateIdentity identity) => identity.Role == CertificateRole.Device
        ? CertificateIdentity.ClusterAuthority(identity.Cluster!.Value)
        : CertificateIdentity.Authority(identity.Role.Issuer());
}
