using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using VaultGrid.Client.Grains;
using VaultGrid.Enclave.Tests;
using VaultGrid.Model.Certificates;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Grains.Tests;

/// <summary>A cluster on this machine: enclaves in processes of their own, a silo in this one, and the administrators with their CAs.</summary>
internal sealed partial class VaultSite : IAsyncDisposable
{
    public const string Caller = "vaultgrid://client/desk";

    private readonly DirectoryInfo _directory;
    private readonly Dictionary<string, string?> _settings;
    private readonly List<(NodeId Node, string Socket)> _attached;
    private WebApplication? _silo;

    private VaultSite(DirectoryInfo directory, ImmutableArray<EnclaveProcess> enclaves, Dictionary<string, string?> settings)
    {
        (_directory, Enclaves, _settings) = (directory, enclaves, settings);
        _attached = [.. enclaves.Select(enclave => (enclave.Node, enclave.Socket))];
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static ClusterId Cluster { get; } = new(1);

    public static KeyId Treasury { get; } = KeyId.Parse("treasury");

    public TestGrid Admins { get; private init; } = new(DateTimeOffset.UtcNow.AddDays(-1));

    /// <summary>Adds to the silo's services.</summary>
    private Action<IServiceCollection>? Configure { get; init; }

    /// <summary>All CAs with their first lists: one set of bytes for everybody.</summary>
    public byte[] Authorities => field ??= Admins.Bundle();

    public ImmutableArray<EnclaveProcess> Enclaves { get; }

    public IGrainFactory Grains => _silo!.Services.GetRequiredService<IGrainFactory>();

    public GrainVaultGrid Grid => GrainVaultGrid.For(Grains, Caller);

    public MembershipRecord Members { get; private set; } = null!;

    public KeyPolicy Policy { get; private set; } = null!;

    public Hash256 Key { get; private set; }

    /// <summary>Among the settings: the enclaves' steps and starts wait for witnesses.</summary>
    public static (string Key, string Value) Witnessed => ("witnesses", "");

    /// <summary>Among the settings of several clusters: the enclaves keep a record of the nonces that they spend.</summary>
    public static (string Key, string Value) RecordsNonces => ("nonces", "");

    /// <summary>Starts enclaves and silo; nobody is provisioned.</summary>
    public static async Task<VaultSite> StartAsync(int nodes, params (string Key, string Value)[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("vgs-");
        var enclaves = Enumerable.Range(1, nodes).Select(index => new EnclaveProcess(directory.FullName, new NodeId(Cluster, (uint)index)) { Witnesses = settings.Contains(Witnessed) }).ToImmutableArray();
        var site = new VaultSite(directory, enclaves, settings.Where(setting => setting != Witnessed).ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        await OrDisposeAsync(site, async () =>
        {
            await Task.WhenAll(enclaves.Select(enclave => enclave.StartAsync()));
            await site.StartSiloAsync();
        });
        return site;
    }

    /// <summary>Starts everything and goes through the whole ceremony: certified nodes, a membership record, a key on every node.</summary>
    public static async Task<VaultSite> StartWithKeyAsync(int nodes, params (string Key, string Value)[] settings)
    {
        var site = await StartAsync(nodes, settings);
        await OrDisposeAsync(site, async () =>
        {
            await site.CertifyAllAsync();
            await site.MakeMembersAsync([.. Enumerable.Range(1, nodes).Select(index => (uint)index)]);
            await site.MakeKeyAsync();
        });
        return site;
    }

    // A start that fails half-way leaves no process behind.
    private static async Task OrDisposeAsync(VaultSite site, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public async Task StartSiloAsync()
    {
        var settings = new Dictionary<string, string?>(_settings)
        {
            ["VaultGrid:Name"] = "test",
        };
        await ChooseStoreAsync(settings);

        // Checks happen when a test asks for them, unless it says otherwise.
        settings.TryAdd("VaultGrid:Grains:CheckEvery", "01:00:00");
        settings.TryAdd("VaultGrid:Health:Port", "0");
        for (var i = 0; i < _attached.Count; i++)
        {
            settings[$"VaultGrid:Enclaves:{i}:Node"] = _attached[i].Node.ToString();
            settings[$"VaultGrid:Enclaves:{i}:Socket"] = _attached[i].Socket;
        }

        _silo = SiloHost.Build(null, settings, Configure);
        await _silo.StartAsync(Cancellation);
        await Grains.GetGrain<IGridGrain>(IGridGrain.Key).AttachAsync(
            new AttachSilo("test", [.. _attached.Select(attached => attached.Node)]), Cancellation);
    }

    public async Task StopSiloAsync()
    {
        await _silo!.StopAsync(CancellationToken.None);
        await _silo.DisposeAsync();
        _silo = null;
    }

    /// <summary>Attaches a node at another socket, or at one more; takes effect when the silo starts again.</summary>
    public void Attach(NodeId node, string socket)
    {
        _attached.RemoveAll(attached => attached.Node == node);
        _attached.Add((node, socket));
    }

    public Task CertifyAllAsync() => Task.WhenAll(Enclaves.Select(enclave => CertifyAsync(enclave.Node)));

    public async Task<NodeStatus> CertifyAsync(NodeId node, byte[]? bundle = null)
    {
        var request = (await ProvisionAsync(node)).Value;
        return (await Grid.CertifyNodeAsync(node, new NodeCertification(Admins.Device(request.Request.Span).Der, Pem(bundle ?? Authorities)), Cancellation)).Value;
    }

    public Task<Outcome<CertificateRequest>> ProvisionAsync(NodeId node) => Grid.ProvisionNodeAsync(
        node, new NodeProvisioning("p256", Admins.Root.Der, [Admins.AdminPolicy.ToUtf8()]), Cancellation);

    public async Task MakeMembersAsync(params uint[] nodes)
    {
        var next = TestGrid.Membership(nodes, Members);
        (await ExecuteAsync(Admins.ChangeMembership(next, Members?.Hash()), next.ToUtf8())).EnsureDone();
        Members = next;
    }

    public async Task MakeKeyAsync()
    {
        Policy = Admins.KeyPolicy();
        var status = (await ExecuteAsync(Admins.CreateKey(Policy), Policy.ToUtf8())).EnsureDone();
        Key = status.Key!.Value;
    }

    public SignRequest SignRequest(int n = 0, string path = "m/44'/60'/0'/0/0") =>
        Admins.Sign(Key, Policy, new SigningSubject.Digest(Hash256.Sha256(BitConverter.GetBytes(n))), path);

    /// <summary>Two administrators approve, and it is carried out in one call.</summary>
    public Task<Outcome<RequestStatus>> ExecuteAsync(Request request, byte[]? document = null)
    {
        var (submission, approvals) = Approved(request, document);
        return Grid.ExecuteApprovedAsync(submission, approvals, Cancellation);
    }

    public (RequestSubmission Submission, IReadOnlyList<RequestApproval> Approvals) Approved(Request request, byte[]? document = null)
    {
        var call = Admins.Approved(request);
        return (
            new RequestSubmission(call.Request, document),
            [.. call.Approvals.Select(approval => new RequestApproval(approval.Certificate, approval.Signature))]);
    }

    public RequestApproval Approve(RequestDocument request, int admin)
    {
        var approval = Admins.Approve(request, Admins.Admins[admin]);
        return new RequestApproval(approval.Certificate, approval.Signature);
    }

    public static AuthorityFile Pem(byte[] bundle) => new(AuthorityBundle.Parse(bundle).Value.ToPem());

    // Where this build's engine keeps state.
    private partial Task ChooseStoreAsync(Dictionary<string, string?> settings);

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null) await StopSiloAsync();
        foreach (var enclave in Enclaves) await enclave.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}

internal static class Outcomes
{
    /// <summary>The request, which must be done.</summary>
    public static RequestStatus EnsureDone(this Outcome<RequestStatus> outcome)
    {
        Assert.Null(outcome.Refusal);
        Assert.Equal("done", outcome.Value.State);
        return outcome.Value;
    }

    /// <summary>The code of the refusal that there must be.</summary>
    public static RefusalCode Code<T>(this Outcome<T> outcome)
        where T : notnull
    {
        Assert.NotNull(outcome.Refusal);
        return outcome.Refusal.Code;
    }
}
