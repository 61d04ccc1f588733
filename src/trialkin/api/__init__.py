"""Programs' doors: the registry's own API served from the library, and Trialkin's verbs beside it."""
