using System.Diagnostics;
using Decant.Tests;

namespace Decant.Cli.Tests;

/// <summary>The shell functions behind <c>./decant</c> and <c>./test</c>, with the system's own commands replaced.</summary>
public class LauncherTests
{
    [Fact]
    public void Where_nothing_is_missing_nothing_is_installed()
    {
        var (code, output, error) = Bash("missing_packages() { :; }; apt-get() { echo called; }; install_what_is_missing");
        Assert.Equal((0, "", ""), (code, output, error));
    }

    [Fact]
    public void Missing_packages_are_installed_without_questions()
    {
        var (code, output, error) = Bash("""
            missing_packages() { printf '%s\n' libtorch-dev libgloo-dev; }
            uname() { echo Linux; }
            id() { echo 0; }
            env() { echo "env $*" >&3; }
            apt-get() { echo "apt-get $*" >&3; }
            exec 3>&1
            install_what_is_missing
            """);
        Assert.Equal(0, code);
        Assert.StartsWith("Installing libtorch-dev libgloo-dev with apt-get", error);
        string[] calls = output.TrimEnd('\n').Split('\n');
        Assert.Equal("apt-get update -qq", calls[0]);
        Assert.StartsWith("env DEBIAN_FRONTEND=noninteractive", calls[1]);
        Assert.Contains("apt-get install -y -qq --no-install-recommends", calls[1]);
        Assert.EndsWith(" libtorch-dev libgloo-dev", calls[1]);
    }

    [Fact]
    public void A_failed_installation_shows_why_and_what_to_type()
    {
        var (code, _, error) = Bash("""
            missing_packages() { echo libtorch-dev; }
            uname() { echo Linux; }
            id() { echo 0; }
            env() { echo 'E: Unable to locate package libtorch-dev'; return 100; }
            apt-get() { :; }
            install_what_is_missing
            """);
        Assert.Equal(1, code);
        Assert.Contains("E: Unable to locate package libtorch-dev", error);
        Assert.Contains("Try: apt-get update && apt-get install -y --no-install-recommends libtorch-dev", error);
    }

    [Fact]
    public void Without_root_and_sudo_the_command_is_told()
    {
        var (code, _, error) = Bash("""
            missing_packages() { echo g++; }
            uname() { echo Linux; }
            id() { echo 1000; }
            apt-get() { :; }
            command() { [[ $2 != sudo ]] && builtin command "$@"; }
            install_what_is_missing
            """);
        Assert.Equal(1, code);
        Assert.Contains("Install them as root with: apt-get install -y --no-install-recommends g++", error);
    }

    [Fact]
    public void Another_system_is_told_what_to_install_and_how_to_point_at_it()
    {
        var (code, _, error) = Bash("missing_packages() { echo libtorch-dev; }; uname() { echo Darwin; }; install_what_is_missing");
        Assert.Equal(1, code);
        Assert.Contains("export LIBTORCH=", error);
        Assert.Contains("Missing here: libtorch-dev", error);
    }

    [Fact]
    public void A_libtorch_of_the_users_own_needs_no_packages()
    {
        var (_, output, _) = Bash("g++() { :; }; nm() { :; }; CXX=g++ LIBTORCH=/opt/libtorch missing_packages");
        Assert.Equal("", output);
    }

    [Fact]
    public void Tests_get_a_browser_where_there_is_none()
    {
        using var folder = new TemporaryFolder();
        string script = $"browsers='{folder.Root}'; apt-get() {{ :; }}; install_packages() {{ echo \"install $*\"; }}; install_browser";
        Assert.Equal("install chromium\n", Bash(script).Output);
        folder.Write("chromium", "");
        Assert.Equal("", Bash(script).Output);
    }

    [Fact]
    public void Tests_run_without_a_browser_that_cannot_be_installed()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = Bash($"browsers='{folder.Root}'; apt-get() {{ :; }}; install_packages() {{ fail no; }}; install_browser");
        Assert.Equal((0, "no\nThe tests that need a browser will be skipped.\n"), (code, error));
    }

    [Theory]
    [InlineData("", "passive")]
    [InlineData("OMP_WAIT_POLICY=active", "active")]
    public void A_value_that_the_user_set_wins(string set, string policy) =>
        Assert.Equal(policy + "\n", Bash("echo $OMP_WAIT_POLICY", $"unset OMP_WAIT_POLICY; export DECANT_TEST=1 {set}").Output);

    [Fact]
    public void Tests_are_counted_over_all_result_files()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.trx", "<Counters total=\"12\" executed=\"10\" passed=\"9\" failed=\"1\" error=\"0\" timeout=\"0\" aborted=\"0\" notExecuted=\"0\" />\n");
        folder.Write("b.trx", "<x>\n  <Counters total=\"5\" executed=\"5\" passed=\"4\" failed=\"0\" error=\"0\" timeout=\"0\" aborted=\"1\" />\n");
        Assert.Equal("13 2 2\n", Bash($"source \"$root/eng/count-tests.sh\"; count_tests '{folder.Root}'").Output);
    }

    [Fact]
    public void No_result_file_counts_as_nothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("0 0 0\n", Bash($"source \"$root/eng/count-tests.sh\"; count_tests '{folder.Root}'").Output);
    }

    private static (int Code, string Output, string Error) Bash(string script, string before = ":")
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"set -euo pipefail\n{before}\nroot='{TestPaths.RepositoryRoot}'\nsource \"$root/eng/setup.sh\"\n{script}");
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
