"""What tests of plugins share: fixtures as a pytest plugin and the contract that every plugin keeps."""
