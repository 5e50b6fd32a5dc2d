using System.CommandLine;
using VaultGrid.Cli.Files;
using VaultGrid.Client;

namespace VaultGrid.Cli.Running;

/// <summary>One run of a command: its options, its screen, its clock, and the grid when it is first needed.</summary>
internal sealed class Invocation : IDisposable
{
    private readonly ParseResult _parsed;
    private readonly Lazy<Grids.GridDoor> _door;

    public Invocation(ParseResult parsed, CancellationToken cancellation)
    {
        (_parsed, Cancellation) = (parsed, cancellation);
        var terminal = !Console.IsOutputRedirected;
        Screen = new Screen(Console.Out, Console.Error, parsed.GetValue(CommonOptions.Json), terminal);
        _door = new Lazy<Grids.GridDoor>(() => Grids.GridDoor.Open(this));
    }

    public Screen Screen { get; }

    public CancellationToken Cancellation { get; }

    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>Now, in whole seconds as documents have it.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(Time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>The grid, over REST and mutual TLS.</summary>
    public IVaultGrid Grid => _door.Value.Grid;

    /// <summary>The grid's Trusts, operators and Domains.</summary>
    public ITrustGrid Trusts => Grid.Trusts;

    /// <summary>The use of Domains, under the caller's certificate.</summary>
    public DomainClient Domains => _door.Value.Domains;

    /// <summary>The CAs that the user goes by; no grid is asked for them.</summary>
    public KnownAuthorities Authorities => new(OwnAuthorities());

    /// <summary>The use of shared keys, under the caller's certificate.</summary>
    public Client.Secrets.SharedKeyCaller SharedKeys => _door.Value.SharedKeys;

    /// <summary>True where an address of a grid is known, so that what is missing can be asked for.</summary>
    public bool HasGrid => Grids.GridSettings.Of(this).Address is not null;

    private Model.Certificates.TrustedAuthorities OwnAuthorities() => Grids.GridSettings.Of(this).Authorities is { } path
        ? CertificateFile.ReadTrusted(path, Now)
        : throw CommandEndedException.Usage("no CA bundle is given", "give --grid-authorities FILE or VAULTGRID_AUTHORITIES: certificates are verified under your own copy of the root");

    public T Get<T>(Option<T> option) => _parsed.GetValue(option)!;

    public T Get<T>(Argument<T> argument) => _parsed.GetValue(argument)!;

    /// <summary>The value of an option that this form of the command can't do without.</summary>
    public T Need<T>(Option<T?> option, string why)
        where T : class =>
        _parsed.GetValue(option) ?? throw CommandEndedException.Usage($"{option.Name} is missing: {why}");

    /// <summary>The passphrase of the private key in use, from the file named or from the terminal.</summary>
    public SecretBytes Passphrase(Option<string?> file, string of) => PassphraseSource.Read(Get(file), of);

    public void Dispose()
    {
        if (_door.IsValueCreated) _door.Value.Dispose();
    }
}
