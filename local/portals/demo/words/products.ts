/** What the demo's company sells: values of `products_owned`, with how readily a new customer takes each. */
export const products = {
  core: { label: 'Core', firstOrder: 1 },
  analytics: { label: 'Analytics', firstOrder: 0.3 },
  automation: { label: 'Automation', firstOrder: 0.22 },
  integrations: { label: 'Integrations', firstOrder: 0.18 },
  support_plus: { label: 'Support Plus', firstOrder: 0.12 },
  training: { label: 'Training', firstOrder: 0.08 },
} as const;
