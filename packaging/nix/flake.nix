# `nix run 'ADDRESS?dir=packaging/nix' -- lesson 1`, where ADDRESS is that of the repository.
{
  description = "Interactive terminal tutorial for WSGI (PEP 3333)";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      manifest = builtins.fromTOML (builtins.readFile ../../Cargo.toml);
      package =
        pkgs:
        pkgs.rustPlatform.buildRustPackage {
          pname = manifest.package.name;
          version = manifest.package.version;
          src = pkgs.lib.cleanSource ../..;
          cargoLock.lockFile = ../../Cargo.lock;
          # A distribution links its own libffi.
          buildFeatures = [ "system-libffi" ];
          buildInputs = [ pkgs.libffi ];
          nativeBuildInputs = [ pkgs.installShellFiles ];
          # The tests start servers and terminals; `.ci/run` runs them.
          doCheck = false;
          postInstall = ''
            $out/bin/wsgi-tutor man > wsgi-tutor.1
            installManPage wsgi-tutor.1
            installShellCompletion --cmd wsgi-tutor \
              --bash <($out/bin/wsgi-tutor completions bash) \
              --zsh <($out/bin/wsgi-tutor completions zsh) \
              --fish <($out/bin/wsgi-tutor completions fish)
          '';
          meta = {
            description = manifest.package.description;
            license = with pkgs.lib.licenses; [
              mit
              asl20
            ];
            mainProgram = "wsgi-tutor";
          };
        };
    in
    {
      packages = nixpkgs.lib.genAttrs systems (system: {
        default = package nixpkgs.legacyPackages.${system};
      });
    };
}
