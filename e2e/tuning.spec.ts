/** Fine-tuning in the page: pairs, training, the map in the adapter's space, and a reload. */
import { expect, test } from '@playwright/test';
