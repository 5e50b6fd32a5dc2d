using System.Reflection;
using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Genuine;

/// <summary>
/// What the embedded engine declares in Orleans's namespaces is compared with Orleans as published. The assemblies that a partial feed
/// doesn't serve can't be read: what lives there is on a list that was checked by eye, and that says where it lives.
/// </summary>
public sealed class GenuineOrleansTests
{
    private static readonly Lazy<GenuineAssembly> Genuine = new(() => new GenuineAssembly(GenuineFile()));

    // Enums declare their storage, delegates and enums have members of their own; all others are compared wholly.
    private static IEnumerable<Type> Declared => typeof(Grain).Assembly.GetExportedTypes()
        .Where(type => type.Namespace is { } space && (space == "Orleans" || space.StartsWith("Orleans.", StringComparison.Ordinal)))
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    [Fact]
    public void Every_declared_type_that_the_genuine_assembly_has_declares_only_members_that_it_has_too()
    {
        var foreign = Declared
            .Select(type => (Type: type, Genuine: Genuine.Value.MembersOf(type.FullName!)))
            .Where(pair => pair.Genuine is not null)
            .SelectMany(pair => DeclaredMembers.Of(pair.Type).Where(member => !pair.Genuine!.Contains(member)), (pair, member) => $"{pair.Type.FullName}: {member}");
        Assert.Empty(foreign);
    }

    [Fact]
    public void Every_other_declared_type_is_on_the_checked_list_with_its_members_and_nothing_else_is()
    {
        var lines = Declared
            .Where(type => Genuine.Value.MembersOf(type.FullName!) is null)
            .SelectMany(type => DeclaredMembers.Of(type).Order(StringComparer.Ordinal).Select(member => $"  {member}").Prepend(type.FullName!));
        Recorded.Equals("VaultGrid.Engine.Tests/Genuine/checked-by-eye.txt", "genuine", lines);
    }

    [Fact]
    public void No_type_that_grains_use_has_the_name_of_one_that_orleans_puts_in_their_sight_unless_they_say_which_they_mean()
    {
        // Directory.Build.targets aliases these: with real Orleans the bare word would mean two things.
        string[] aliased = ["Request"];
        string[] ours = ["VaultGrid.Crypto", "VaultGrid.Model", "VaultGrid.Enclave.Contracts", "VaultGrid.Grains.Contracts"];
        var inSight = Genuine.Value.NamesIn("Orleans").Concat(Genuine.Value.NamesIn("Orleans.Runtime")).Concat(Genuine.Value.NamesIn("Orleans.Hosting"));
        var clashes = ours.SelectMany(name => Assembly.Load(name).GetExportedTypes()).Where(type => !type.IsNested).Select(type => type.Name)
            .Intersect(inSight, StringComparer.Ordinal);
        Assert.Equal(aliased, clashes);
    }

    [Fact]
    public void The_comparison_notices_a_member_that_orleans_does_not_have()
    {
        var grain = Genuine.Value.MembersOf("Orleans.Grain")!;
        Assert.Contains(DeclaredMembers.Method("DeactivateOnIdle", false, 0, [], "System.Void"), grain);
        Assert.DoesNotContain(DeclaredMembers.Method("DeactivateOnIdle", false, 0, ["System.Int32 after"], "System.Void"), grain);
        Assert.True(Declared.Count(type => Genuine.Value.MembersOf(type.FullName!) is not null) > 30);
    }

    [Fact(Explicit = true)]
    public void Where_all_of_orleans_is_at_hand_the_checked_list_is_compared_too()
    {
        var directory = Environment.GetEnvironmentVariable("VAULTGRID_ORLEANS_ASSEMBLIES");
        Assert.SkipWhen(directory is null, "VAULTGRID_ORLEANS_ASSEMBLIES names no directory with Orleans's assemblies");
        var all = Directory.GetFiles(directory!, "Orleans*.dll").Select(file => new GenuineAssembly(file)).ToArray();
        var foreign = Declared
            .SelectMany(type => DeclaredMembers.Of(type), (type, member) => (type, member))
            .Where(pair => !all.Any(assembly => assembly.MembersOf(pair.type.FullName!)?.Contains(pair.member) == true))
            .Select(pair => $"{pair.type.FullName}: {pair.member}");
        Assert.Empty(foreign);
    }

    private static string GenuineFile() => typeof(GenuineOrleansTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "GenuineOrleans").Value!;
}
