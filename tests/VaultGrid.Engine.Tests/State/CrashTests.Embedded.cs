using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.State;

/// <summary>A process of its own writes until it is killed; what it had acknowledged must be there.</summary>
public sealed class CrashTests
{
    private const string FileVariable = "VAULTGRID_CRASH_FILE";
    private const string PipeVariable = "VAULTGRID_CRASH_PIPE";
    private const int Writers = 8;

    [Fact]
    public async Task Every_acknowledged_write_survives_a_kill()
    {
        var directory = Directory.CreateTempSubdirectory("vg-crash-");
        try
        {
            var file = Path.Combine(directory.FullName, "engine.db");
            for (var life = 1; life <= 3; life++)
            {
                var acknowledged = await WriteUntilKilledAsync(file, 150 * life);
                await using var engine = await TestEngine.StartAsync(options => options.SqliteFile = file);
                foreach (var (key, value) in acknowledged)
                {
                    var (balance, exists, _) = await engine.Grains.GetGrain<IAccountGrain>(key).Balance();
                    Assert.True(exists && balance >= value, $"{key}: {value} was acknowledged, {balance} is stored (life {life})");
                }
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact(Explicit = true)]
    public async Task Child_that_writes_until_it_is_killed()
    {
        await using var engine = await TestEngine.StartAsync(options => options.SqliteFile = Environment.GetEnvironmentVariable(FileVariable)!);
        await using var pipe = new NamedPipeClientStream(".", Environment.GetEnvironmentVariable(PipeVariable)!, PipeDirection.Out);
        await pipe.ConnectAsync(TestContext.Current.CancellationToken);
        await using var lines = new StreamWriter(pipe) { AutoFlush = true };
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var grain = engine.Grains.GetGrain<IAccountGrain>($"writer {writer}");
            while (true)
            {
                var balance = await grain.Add(1);
                lock (lines)
                {
                    lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"writer {writer}={balance}"));
                }
            }
        })));
    }

    private static async Task<Dictionary<string, long>> WriteUntilKilledAsync(string file, int writes)
    {
        var name = "vg-crash-" + Guid.NewGuid().ToString("N");
        await using var pipe = new NamedPipeServerStream(name, PipeDirection.In);
        using var child = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(CrashTests).Assembly.Location, "-method", $"{typeof(CrashTests).FullName}.{nameof(Child_that_writes_until_it_is_killed)}", "-explicit", "only" },
            Environment = { [FileVariable] = file, [PipeVariable] = name },
            RedirectStandardOutput = true,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await pipe.WaitForConnectionAsync(patience.Token);
        using var reader = new StreamReader(pipe);
        var acknowledged = new Dictionary<string, long>();
        for (var count = 0; await reader.ReadLineAsync(patience.Token) is { } line; count++)
        {
            var parts = line.Split('=');
            if (parts.Length == 2 && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var value))
            {
                acknowledged[parts[0]] = value;
            }

            if (count == writes)
            {
                child.Kill();
            }
        }

        await child.WaitForExitAsync(patience.Token);
        Assert.Equal(Writers, acknowledged.Count);
        return acknowledged;
    }
}
