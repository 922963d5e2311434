"""Why a method scores a pair as it does."""
